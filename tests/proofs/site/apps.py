"""The proofs' room; pauses of the outbox short enough to wait for."""

from datetime import timedelta

from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "tests.proofs.site"
    label = "proof"

    def ready(self) -> None:
        from cantiere.foundation.core.outbox import delivery, smtp, tasks
        from cantiere.foundation.live.handlers import register
        from tests.proofs.site.poll import Poll
        from tests.proofs.site.tables import Tables

        register(Poll())
        register(Tables())

        delivery.FIRST_PAUSE = timedelta(seconds=0.3)
        delivery.LONGEST_PAUSE = timedelta(seconds=1)
        delivery.DOUBT_PAUSE = timedelta(seconds=2)
        tasks.LEFT_ALONE = timedelta(seconds=5)
        smtp.COMMAND_WITHIN = 3.0
