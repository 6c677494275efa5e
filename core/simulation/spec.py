"""What a simulated county is like: its size, subjects, effects and rates, in one spec."""

from dataclasses import dataclass

from core.errors import SettingsError

MAX_SCHOOLS = 400


@dataclass(frozen=True, slots=True)
class Subject:
    """A paper: its code, Chinese name, full mark and marking step, both in hundredths."""

    code: str
    name: str
    full_mark: int
    step: int = 100


JUNIOR_SUBJECTS = (
    Subject("chinese", "语文", 12000, 50),
    Subject("math", "数学", 12000, 50),
    Subject("english", "英语", 12000, 50),
    Subject("physics", "物理", 10000),
    Subject("chemistry", "化学", 10000),
    Subject("politics", "道德与法治", 10000),
    Subject("history", "历史", 10000),
    Subject("geography", "地理", 10000),
    Subject("biology", "生物", 10000),
)

PRIMARY_SUBJECTS = (
    Subject("chinese", "语文", 10000),
    Subject("math", "数学", 10000),
    Subject("english", "英语", 10000),
)


@dataclass(frozen=True, slots=True)
class CountySpec:
    """The knobs of a simulated county; the defaults make the demonstration county.

    Attributes
    ----------
    n_primary, n_junior : int
        Schools of each stage; a stage with no school is left out.
    size_factor : float
        Multiplies every school's usual number of pupils a grade.
    first_year, n_years : int
        First calendar year of the first school year, and how many school years are kept.
    primary_subjects, junior_subjects : tuple of Subject
        The papers of every exam of the stage, the entry test included.
    reliability : float
        Reliability of the entry test, above 0 and at most 1.
    general_share : float
        Share of the variance of ability that all subjects have in common.
    intake_share : float
        Share of the variance of the common ability that lies between schools.
    sd_effect, sd_subject_effect : float
        SD over schools of what six terms add in all subjects alike, and in one subject
        beside that; in SD of ability.
    n_declining : int
        Schools that fall behind.
    decline, decline_from : float, int
        What such a school loses a term, and from which term of the window (0 is the first).
    sd_growth : float
        SD of the change of a pupil's ability in one term, beside the school's effect.
    sd_noise : float
        SD of the error of a term exam, in SD of ability.
    move_rate, leave_rate, join_rate : float
        Share of pupils who change school, leave or join the county between two exams.
    absence_rate, withheld_rate, exempt_rate, missing_rate : float
        Share of marks in each state.
    """

    n_primary: int = 38
    n_junior: int = 22
    size_factor: float = 1.0
    first_year: int = 2023
    n_years: int = 3
    primary_subjects: tuple[Subject, ...] = PRIMARY_SUBJECTS
    junior_subjects: tuple[Subject, ...] = JUNIOR_SUBJECTS
    reliability: float = 0.85
    general_share: float = 0.65
    intake_share: float = 0.2
    sd_effect: float = 0.24
    sd_subject_effect: float = 0.18
    n_declining: int = 4
    decline: float = 0.06
    decline_from: int = 2
    sd_growth: float = 0.2
    sd_noise: float = 0.33
    move_rate: float = 0.015
    leave_rate: float = 0.01
    join_rate: float = 0.01
    absence_rate: float = 0.025
    withheld_rate: float = 0.0004
    exempt_rate: float = 0.0008
    missing_rate: float = 0.0008

    def __post_init__(self) -> None:
        """Refuse a county that cannot exist.

        Raises
        ------
        SettingsError
            Without schools or years, with more schools than there are invented names or fewer
            than decline, or with a reliability outside (0, 1].
        """
        n_schools = self.n_primary + self.n_junior
        in_range = all(0 <= n <= MAX_SCHOOLS for n in (self.n_primary, self.n_junior))
        if not in_range or n_schools < 1 or self.n_years < 1:
            raise SettingsError(
                f"Simulated county: primary schools {self.n_primary}, junior schools "
                f"{self.n_junior}, school years {self.n_years}. Choose 0 to {MAX_SCHOOLS} "
                "schools a stage, at least one school and one year.",
                f"模拟县：小学 {self.n_primary} 所，初中 {self.n_junior} 所，"
                f"学年 {self.n_years} 个。每学段请取 0 至 {MAX_SCHOOLS} 所，"
                "且至少一所学校、一个学年。",
            )
        if not 0 <= self.n_declining <= n_schools:
            raise SettingsError(
                f"Declining schools: {self.n_declining} of {n_schools}. "
                "Choose a number from 0 to the number of schools.",
                f"下滑学校 {self.n_declining} 所，学校共 {n_schools} 所。"
                "请取 0 到学校总数之间的数。",
            )
        if not 0 < self.reliability <= 1:
            raise SettingsError(
                f"Reliability of the entry test: {self.reliability}. "
                "Choose a number above 0 and at most 1.",
                f"入学测信度为 {self.reliability}。请取大于 0 且不超过 1 的数。",
            )
