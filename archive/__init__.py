"""The archive: originals, the captures that tell where they came from, and their fixity.

An archive root is a directory or ``s3://bucket/prefix``; both file each object under one key:

==========================================  =============================================================  =========
key                                         what it holds                                                  changes
==========================================  =============================================================  =========
``raw/sha256/ab/<64 hex>``                  original bytes exactly as received; the name is their SHA-256  never
``captures/<portal>/<run>/<n>.parquet``     one row for each observation of a URL or of a local file,      never
                                            ``n`` from 000000 without gaps; carries its own SHA-256
``runs/<run>.json``                         report of a run: counts, findings, exit code, the number of    by its run
                                            capture files, the reports before it; carries its own SHA-256
``runs_under_way/<run>.<n>.json``           more of these numbers while the run is under way, or where it  by its run
                                            was killed; the report counts them; see ``archive.under_way``
``runs/<run>.html``                         that report as a page for people; carries its own SHA-256  by its run
``lake/<table>/province=…/…/data.parquet``  the current rows of one partition                              by parsing
``lake_versions/…/<sha256>.parquet``        those rows under their hash, for readers under way             never
``lake_derived/…``                          rows once more in large files; may be lost                     see lake
``lake/manifest.json``                      the lake's files with rows, bytes, SHA-256; written last       by parsing
``inventory.json``, ``raw/inventory.json``  every run with the SHA-256 of its report, twice                by runs
``signatures/<n>.json``, ``.sig``, …        signed inventories, see ``archive.signatures``                  never
``verifications/<id>.json``                 record of one verification, see ``archive.verifications``       by its run
``indexes/<name>.json``                     what was gathered from all run reports; may be deleted          by readers
``indexes/candidates.json``, ``…/<n>…``     which originals may hold a document; may be deleted             by readers
``indexes/counts.json``, ``…/counts/…``      counts of the files of a large lake; may be deleted             by readers
``indexes/captures/<portal>/<year>…``       rows of the portal's capture files of a year; may be deleted   by readers
``exports/…``                               packages made for others                                       by export
``locks/<name>/<n>.json``                   on S3: who holds a lock, renewed while it is held              constantly
``locks/canary/…``                          on S3: what was tried on it that a lock must refuse            by lock
``handover/<run>.<sha256>``                 rows on their way from a cluster's worker to the publisher     until read
``.incoming/``                              directories only: files being written, and locks               constantly
==========================================  =============================================================  =========

A run that failed or was killed leaves whole objects only: perhaps originals without a capture (the next run finds them
stored and records them), a run report that says the run is under way with the notes beside it, lake files the manifest
does not name yet, and on a directory unfinished files in ``.incoming/``, which go with the next command.  Running again
completes it.

``Archive`` is the way in; ``archive.fixity`` verifies it, ``archive.copying`` keeps a second copy of it elsewhere,
``archive.object_lock`` retains what it holds, ``archive.local_files`` adds local files, ``archive.keeping`` stores what
a crawl receives, in a process of its own where it comes quickly, ``archive.children`` starts such processes, and
``archive.settings`` lists the environment variables read.
"""

from gongkai.archive.archive import (
    AmbiguousHashError,
    Archive,
    CaptureRefusedError,
    Original,
    OriginalAlteredError,
    OriginalMissingError,
    RunReportRefusedError,
    new_capture_id,
    new_run_id,
)
from gongkai.archive.arrival import Arrival, Arrived
from gongkai.archive.capture import Capture, Outcome, Redirect, Role
from gongkai.archive.capture_table import CapturesUnreadableError
from gongkai.archive.fixity import Finding, Problem, verify
from gongkai.archive.formats import NewerFormatError
from gongkai.archive.latest import Latest
from gongkai.archive.local_files import AddProblem, AddReport, add_files
from gongkai.archive.lock import LockedError, locked
from gongkai.archive.roots import open_store
from gongkai.archive.seal import SealBrokenError
from gongkai.archive.store import (
    ArchiveError,
    BadKeyError,
    ObjectInfo,
    ObjectMissingError,
    RootUnusableError,
    S3Access,
    Store,
    StoreError,
    StoreUnavailableError,
)

__all__ = [
    "AddProblem",
    "AddReport",
    "AmbiguousHashError",
    "Archive",
    "ArchiveError",
    "Arrival",
    "Arrived",
    "BadKeyError",
    "Capture",
    "CaptureRefusedError",
    "CapturesUnreadableError",
    "Finding",
    "Latest",
    "LockedError",
    "NewerFormatError",
    "ObjectInfo",
    "ObjectMissingError",
    "Original",
    "OriginalAlteredError",
    "OriginalMissingError",
    "Outcome",
    "Problem",
    "Redirect",
    "Role",
    "RootUnusableError",
    "RunReportRefusedError",
    "S3Access",
    "SealBrokenError",
    "Store",
    "StoreError",
    "StoreUnavailableError",
    "add_files",
    "locked",
    "new_capture_id",
    "new_run_id",
    "open_store",
    "verify",
]
