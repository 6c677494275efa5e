"""Roster, import batches and datasets; seals and the chained audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables that imports need, and the columns of seals and chain."""
    op.create_table(
        "column_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("header", sa.String(length=120), nullable=False),
        sa.Column("meaning", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_name")),
        sa.UniqueConstraint(
            "county", "kind", "header", name=op.f("uq_column_name_county_kind_header")
        ),
    )
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("pupil", sa.BigInteger(), nullable=False),
        sa.Column("exam_pupil", sa.BigInteger(), nullable=True),
        sa.Column("name_hash", sa.BigInteger(), nullable=True),
        sa.Column("identity", sa.String(length=1000), nullable=False),
        sa.Column("school", sa.String(length=120), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(length=60), nullable=True),
        sa.Column("is_enrolled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
        sa.UniqueConstraint("county", "pupil", name=op.f("uq_pupil_county_pupil")),
    )
    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pupil_county_exam_pupil"), ["county", "exam_pupil"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pupil_county_school"), ["county", "school"], unique=False
        )

    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=True),
        sa.Column("bundle", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows_sha256", sa.String(length=64), nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_dataset_exam_id_exam")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["dataset.id"], name=op.f("fk_dataset_supersedes_id_dataset")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("bundle", name=op.f("uq_dataset_bundle")),
        sa.UniqueConstraint(
            "county", "kind", "name", "number", name=op.f("uq_dataset_county_kind_name_number")
        ),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("exam", sa.String(length=120), nullable=True),
        sa.Column("school", sa.String(length=120), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("n_refused", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("bundle", sa.String(length=32), nullable=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("dataset_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_import_batch_dataset_id_dataset")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_import_batch_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_county_exam"), ["county", "exam"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_batch_status"), ["status"], unique=False)

    op.create_table(
        "pupil_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("pupil", sa.BigInteger(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_school", sa.String(length=120), nullable=True),
        sa.Column("to_school", sa.String(length=120), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_pupil_move_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_move")),
        sa.UniqueConstraint(
            "county",
            "pupil",
            "moved_on",
            "kind",
            name=op.f("uq_pupil_move_county_pupil_moved_on_kind"),
        ),
    )
    with op.batch_alter_table("pupil_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pupil_move_county_moved_on"), ["county", "moved_on"], unique=False
        )

    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=True))

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rows_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=400), nullable=True))
        batch_op.add_column(sa.Column("n_added", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("n_removed", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("n_changed", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("n_deleted", sa.Integer(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    """Return to the first catalogue."""
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_column("n_deleted")
        batch_op.drop_column("n_changed")
        batch_op.drop_column("n_removed")
        batch_op.drop_column("n_added")
        batch_op.drop_column("reason")
        batch_op.drop_column("rows_sha256")

    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_column("digest")

    for name in (
        "pupil_move",
        "import_batch",
        "dataset",
        "pupil",
        "column_name",
    ):
        op.drop_table(name)
