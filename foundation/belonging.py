"""A row that hangs on another belongs where that one belongs."""


class Belongs:
    """For a model whose rows hang on another row, named by HANGS_ON: they are pages of the same organisation (`here`),
    their acts stand in the same stream, and people play the same parts on them. A model that knows more says more."""

    HANGS_ON: str

    @property
    def here(self):
        return getattr(self, self.HANGS_ON).here

    @property
    def audit_stream(self) -> str:
        return getattr(self, self.HANGS_ON).audit_stream

    def parts_of(self, user) -> set:
        return getattr(self, self.HANGS_ON).parts_of(user)
