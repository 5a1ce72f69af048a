"""The format of a file, and the envelopes that documents come in.

detection     the format of a file, by its bytes; text in whatever encoding
containers    files inside a file, from
archives        ZIP, TAR and GZ,
rar_and_7z      RAR and 7z, by an optional library, and
embedded        objects in Word documents,
limits          within limits
package       Office files as ZIP packages of XML parts
compound      Office 97-2003 files as compound files of streams
property_set  the title in a compound file
"""
