"""What is kept as JSON beside a model, and read back without trust."""

from typing import ClassVar, Self

import msgspec

from lineal.errors import BadInputError


class Lasting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that is written as JSON, and reads back the same.

    Attributes:
        unreadable: What is raised where a text is no such value.
        not_this: What is said of the text then.
    """

    unreadable: ClassVar[type[BadInputError]]
    not_this: ClassVar[str]

    def to_json(self) -> str:
        """Write it as JSON that reads back the same, to the last bit."""
        text = msgspec.json.encode(self, order="sorted").decode()
        return msgspec.json.format(text, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote.

        Raises:
            BadInputError: It is something else; of the class's own kind.
        """
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            msg = f"{cls.not_this} ({error}); run the evaluate stage again"
            raise cls.unreadable(msg) from error
