"""The one kind of error whose text is shown to people exactly as it is."""


class UserError(Exception):
    """Something that a person can mend.

    The text is one or two plain sentences that say what is wrong and what to do. It never holds a reply's words, a
    user's name or an id of a person.
    """

    @property
    def public(self) -> str:
        """The text for people in Discord; ``str`` may also name a file of the machine."""
        return str(self)


class SettingError(UserError):
    """A setting of the environment is missing or malformed; the text names the setting."""


class ModelError(UserError):
    """A model of sentence vectors, or a language model, cannot be used; summaries can be made without it."""


class RestartError(UserError):
    """The program has to end, and a new start of it mends what is wrong; a service manager does that."""
