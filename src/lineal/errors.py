"""What can go wrong, as one tree: a family an exit code."""


class LinealError(Exception):
    """An explained failure: one sentence that names the thing and the way out."""

    exit_code = 1


class RefusedError(LinealError):
    """The answer is no: data, policy or state forbids what was asked."""

    exit_code = 1


class BadInputError(LinealError):
    """The words were wrong: an unknown name, a malformed value, a bad file."""

    exit_code = 2


class OutsideError(LinealError):
    """Something outside failed: Git, DVC, the network, the disk."""

    exit_code = 3


class ConflictError(LinealError):
    """Somebody else was faster, and retrying did not help."""

    exit_code = 4
