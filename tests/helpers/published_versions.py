"""Versions that others published, with what gto 1.10 makes of each.

Whether a row is right was asked of gto 1.10.1 itself. The rows are data, the wording is
ours. They come from:

- the list of valid and invalid texts that semver.org links to (regex101.com/r/Ly7O1x/3)
  and the order in its section 11 (CC BY 3.0), with gto's "v" in front;
- gto's tests of versions (github.com/iterative/gto, Apache-2.0);
- python-semver's tests of parsing and comparing (github.com/python-semver/python-semver,
  BSD-3-Clause).
"""

_HUGE = "99999999999999999999999.999999999999999999.99999999999999999"

VALID_VERSIONS = (
    "v0.1.2",
    "v3.4.5-pre.2+build.4",
    "v3.4.5-pre.2-build.4",
    "v0.0.4",
    "v1.2.3",
    "v10.20.30",
    "v1.1.2-prerelease+meta",
    "v1.1.2+meta",
    "v1.1.2+meta-valid",
    "v1.0.0-alpha",
    "v1.0.0-beta",
    "v1.0.0-alpha.beta",
    "v1.0.0-alpha.beta.1",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha0.valid",
    "v1.0.0-alpha.0valid",
    "v1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
    "v1.0.0-rc.1+build.1",
    "v2.0.0-rc.1+build.123",
    "v1.2.3-beta",
    "v10.2.3-DEV-SNAPSHOT",
    "v1.2.3-SNAPSHOT-123",
    "v1.0.0",
    "v2.0.0+build.1848",
    "v2.0.1-alpha.1227",
    "v1.0.0-alpha+beta",
    "v1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
    "v1.2.3----R-S.12.9.1--.12+meta",
    "v1.2.3----RC-SNAPSHOT.12.9.1--.12",
    "v1.0.0+0.build.1-rc.10000aaa-kk-0.1",
    f"v{_HUGE}",
    "v1.0.0-0A.is.legal",
    "v1.2.3-alpha.1.2+build.11.e0f985a",
    "v0.1.0-0f",
    "v0.0.0-0foo.1+build.1",
    "v1.2.3-rc.0.0+build.0",
)

INVALID_VERSIONS = (
    "",
    "1",
    "v1",
    "v1.2",
    "0.1.2",
    "3.4.5-pre.2+build.4",
    "V1.2.3",
    "vv1.2.3",
    "v1.2.3\n",
    " v1.2.3",
    "v1.2.3-0123",
    "v1.2.3-0123.0123",
    "v1.1.2+.123",
    "v+invalid",
    "v-invalid",
    "v-invalid+invalid",
    "v-invalid.01",
    "valpha",
    "valpha.beta",
    "valpha.beta.1",
    "valpha.1",
    "valpha+beta",
    "valpha_beta",
    "valpha.",
    "valpha..",
    "v1.0.0-alpha_beta",
    "v-alpha.",
    "v1.0.0-alpha..",
    "v1.0.0-alpha..1",
    "v1.0.0-alpha...1",
    "v1.0.0-alpha....1",
    "v01.1.1",
    "v1.01.1",
    "v1.1.01",
    "v1.2.3.DEV",
    "v1.2-SNAPSHOT",
    "v1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788",
    "v1.2-RC-SNAPSHOT",
    "v-1.0.3-gamma+b7718",
    "v+justmeta",
    "v9.8.7+meta+meta",
    "v9.8.7-whatever+meta+meta",
    f"v{_HUGE}----RC-SNAPSHOT.12.09.1--------------------------------..12",
    "v0.0.0-\u0661\u0662",
    "v1.0.\u0661",
)

# Each is older than the next.
ASCENDING = (
    "v0.0.0",
    "v0.9.1-0",
    "v0.9.1-2",
    "v0.9.1-10",
    "v0.9.1-1unms",
    "v0.9.1-Alpha",
    "v0.9.1",
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha.beta",
    "v1.0.0-beta",
    "v1.0.0-beta.2",
    "v1.0.0-beta.11",
    "v1.0.0-rc.1",
    "v1.0.0-rc.1.0",
    "v1.0.0-rc0",
    "v1.0.0-rc1",
    "v1.0.0",
    "v1.3.2",
    "v1.3.7+build",
    "v1.9.0",
    "v1.10.0",
    "v2.0.0",
    "v2.1.0",
    "v2.1.1",
    "v10.0.0",
)

# Neither is older: what follows a plus does not count.
EQUAL_IN_ORDER = (
    ("v1.0.0+build.1", "v1.0.0"),
    ("v1.3.7+build.2.b8f12d7", "v1.3.7+build.11.e0f985a"),
    ("v1.0.0-alpha.1+build.1", "v1.0.0-alpha.1"),
    ("v1.1.9-rc.1", "v1.1.9-rc.1+build.1"),
)

# A version, and what `gto register --bump-...` makes of it: major, minor, patch. gto
# drops a prerelease and still counts up.
BUMPS = (
    ("v1.3.4", ("v2.0.0", "v1.4.0", "v1.3.5")),
    ("v0.0.0", ("v1.0.0", "v0.1.0", "v0.0.1")),
    ("v1.0.0+b", ("v2.0.0", "v1.1.0", "v1.0.1")),
    ("v1.0.0-rc.1", ("v2.0.0", "v1.1.0", "v1.0.1")),
    ("v1.0.0-rc.1+b.2", ("v2.0.0", "v1.1.0", "v1.0.1")),
)
