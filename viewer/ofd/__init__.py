"""Pages of OFD files (GB/T 33190-2016) as SVG.

pages      the file, its documents, their pages: what a page draws, and what of it is not drawn
canvas     layers, blocks, composite objects, texts, paths and pictures, within their clips
colours    colours, gradients and patterns
resources  what objects name: fonts, pictures, composite units, drawing parameters, palettes
elements   elements and attributes of the XML, as numbers and as SVG says them
"""
