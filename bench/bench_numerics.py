"""Mixed models, growth percentiles and weight draws, beside the tools that people use.

    python -m bench.bench_numerics [--largest 1000000] [--every-tau]

One run on one machine: processor seconds of each side, one thread of linear algebra, ratios.
lme4 and quantreg take part where ``Rscript`` finds them (Debian: r-cran-lme4, r-cran-quantreg,
r-cran-data.table). A side that returns what is no answer is reported, never compared with.
"""

import argparse
import os

# Before numpy is loaded: a second thread of linear algebra only costs processor time here.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from bench import growth_percentiles, reml, weights


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--largest", type=int, default=1_000_000, help="most pupils")
    parser.add_argument(
        "--every-tau", action="store_true", help="all 100 quantiles by quantreg at every size"
    )
    options = parser.parse_args()
    print("REML of a school model with six covariates\n")
    sizes = tuple(size for size in reml.SIZES if size[0] <= options.largest)
    reml.print_readings(reml.run_reml(sizes))
    print("\nGrowth percentiles, 100 quantiles on a cubic spline\n")
    pupils = [n for n in growth_percentiles.SIZES if n <= options.largest]
    growth_percentiles.print_timings(
        growth_percentiles.compare_growth(pupils, every_tau=options.every_tau)
    )
    print("\nRank intervals and acceptability over draws of weights\n")
    weights.print_rows(weights.measure(weights.Size()))


if __name__ == "__main__":
    main()
