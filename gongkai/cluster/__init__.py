"""More machines than one: originals parsed and portals crawled by the workers of a Dask cluster.

Imported only where ``--cluster`` is given, as it needs the extra ``cluster``.  An original, or a portal, is a task.
The cluster is sent hashes, names and facts; bytes go between its workers and the archive's store.  Each task is done by
a child process of the worker's, so that no document and no portal ends a worker.

``parsing``    originals parsed by a cluster, their rows handed over in the archive's store
``crawling``   portals crawled by a cluster, those of one host one after the other
``children``   child processes of a worker: allowed, ended with it, told when nobody waits for them any more
``handover``   the rows of a parsed original as bytes, and back
``terms``      what a worker must be, and which archive it must see, to be given anything
``connection`` a cluster by its address, or one made on this machine; tasks in a window
"""
