"""Every study of calibration: ``python -m bench.calibration``; docs/methods/calibration.md."""

from bench.calibration import judgement, value_added

if __name__ == "__main__":
    value_added.main(n_counties=200)
    judgement.print_studies()
