"""Where files must not lie: folders that a service copies elsewhere, and drives of other machines."""

from __future__ import annotations

import re
from pathlib import Path

SYNCED = re.compile(
    r"one ?drive\b.*|dropbox\b.*|google ?drive\b.*|my drive|googledrive-.*|i?cloud ?drive\b.*|icloud\b.*"
    r"|mobile documents|cloudstorage|com~apple~clouddocs|nextcloud\b.*|owncloud\b.*|box sync|pcloud ?drive",
    re.IGNORECASE,
)
"""The names of folders that the programs of these services copy to other machines."""
NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "ncpfs",
        "glusterfs",
        "ceph",
        "lustre",
        "davfs",
        "webdav",
    }
    | {"afpfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs"}
    | {"fuse.onedriver", "fuse.google-drive-ocamlfuse", "fuse.gcsfuse", "fuse.cephfs"}
)
"""The types of file systems that lie on other machines, as mounts are listed."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def find_synced_folder(path: Path) -> str | None:
    """Return the name of the folder on the way to a file that a service copies elsewhere; None where there is none."""
    every = {*path.absolute().parts, *path.resolve().parts}
    return next((part for part in sorted(every) if SYNCED.fullmatch(part)), None)


def find_network_drive(path: Path, mounts: str) -> str | None:
    """Return the type of the drive of another machine that a file lies on; None where it lies on this one.

    ``mounts`` is what the system lists: a line a mount, with its place as the second word and its type as the third.
    """
    place, deepest, kind = path.resolve(), -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        mounted = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), words[1]))
        depth = len(mounted.parts)
        if depth >= deepest and (mounted == place or mounted in place.parents):
            deepest, kind = depth, words[2]
    return kind if kind in NETWORK else None
