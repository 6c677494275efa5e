"""The catalogue: organisation, exams, releases, statistics, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first catalogue."""
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=160), nullable=False),
        sa.Column("detail", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "exam",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=True),
        sa.Column("licence", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam")),
        sa.UniqueConstraint("name", name=op.f("uq_exam_name")),
    )
    with op.batch_alter_table("exam", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exam_county_cohort"), ["county", "cohort"], unique=False
        )

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("parent", sa.String(length=120), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("school_type", sa.String(length=40), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_unit_county_code")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("scores_sha256", sa.String(length=64), nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("n_schools", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_release_exam_id_exam")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["release.id"], name=op.f("fk_release_supersedes_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("bundle", name=op.f("uq_release_bundle")),
        sa.UniqueConstraint("exam_id", "number", name=op.f("uq_release_exam_id_number")),
    )
    op.create_table(
        "exam_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("full_mark", sa.Integer(), nullable=False),
        sa.Column("excellent_line", sa.Integer(), nullable=False),
        sa.Column("good_line", sa.Integer(), nullable=False),
        sa.Column("pass_line", sa.Integer(), nullable=False),
        sa.Column("low_line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_exam_subject_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_subject")),
        sa.UniqueConstraint(
            "release_id", "subject", name=op.f("uq_exam_subject_release_id_subject")
        ),
    )
    op.create_table(
        "statistic_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("baseline_release_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("priors", sa.String(length=400), nullable=False),
        sa.Column("path", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["baseline_release_id"],
            ["release.id"],
            name=op.f("fk_statistic_set_baseline_release_id_release"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_statistic_set_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic_set")),
    )
    with op.batch_alter_table("statistic_set", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statistic_set_release_id_baseline_release_id_kind"),
            ["release_id", "baseline_release_id", "kind"],
            unique=False,
        )


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("statistic_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statistic_set_release_id_baseline_release_id_kind"))

    op.drop_table("statistic_set")
    op.drop_table("exam_subject")
    op.drop_table("release")
    op.drop_table("unit")
    with op.batch_alter_table("exam", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_county_cohort"))

    op.drop_table("exam")
    op.drop_table("audit_event")
