"""The ground floor's rows, each beside its mechanism; gathered here where Django looks for them."""

from foundation.audit import AuditEvent, AuditHead
from foundation.keeping import TypedDraft
from foundation.outbox import OutgoingMail

__all__ = ["AuditEvent", "AuditHead", "OutgoingMail", "TypedDraft"]
