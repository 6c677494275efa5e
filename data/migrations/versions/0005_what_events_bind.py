"""Events say what they made or changed; encrypted files have the digest of their content."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; empty for what is older."""
    op.add_column("audit_event", sa.Column("bound", sa.Text(), nullable=True))
    op.add_column("release", sa.Column("roster_digest", sa.String(length=64), nullable=True))
    op.add_column("import_batch", sa.Column("draft_digest", sa.String(64), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("import_batch", "draft_digest")
    op.drop_column("release", "roster_digest")
    op.drop_column("audit_event", "bound")
