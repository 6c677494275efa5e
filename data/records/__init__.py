"""The catalogue's tables, one module per topic."""

from data.records.accounts import Account, Setting, SignIn
from data.records.agendas import Agenda, AgendaView
from data.records.audit import AuditEvent
from data.records.base import Record
from data.records.exams import Exam, ExamSubject, Release, StatisticSet
from data.records.imports import ColumnName, Dataset, ImportBatch
from data.records.organisation import Pupil, PupilMove, Unit
from data.records.oversight import Case, CaseEvent, Decision, PolicyVersion

__all__ = [
    "Account",
    "Agenda",
    "AgendaView",
    "AuditEvent",
    "Case",
    "CaseEvent",
    "ColumnName",
    "Dataset",
    "Decision",
    "Exam",
    "ExamSubject",
    "ImportBatch",
    "PolicyVersion",
    "Pupil",
    "PupilMove",
    "Record",
    "Release",
    "Setting",
    "SignIn",
    "StatisticSet",
    "Unit",
]
