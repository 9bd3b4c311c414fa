"""The same figures by DuckDB and by pandas, over the same columns, on the same machine: medians as JSON on stdout.

Usage: other_programs.py FOLDER. The folder holds columns.json and one raw file a column, as benches/results.rs writes them.
Both programs hold native tables in memory before the clock starts; what is timed is from the question to the counts.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import duckdb
import numpy
import pandas

RUNS = 7


def read(folder):
    about = json.loads((folder / "columns.json").read_text())
    columns = {
        name: numpy.fromfile(folder / f"{name}.raw", dtype=kind) for name, kind in about["columns"].items()
    }
    return about, columns


def median_ms(work):
    work()
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 3)


def by_duckdb(about, columns):
    base = duckdb.connect()
    base.execute("SET threads TO 2")
    frame = pandas.DataFrame(columns)
    base.execute("CREATE TABLE answers AS SELECT * FROM frame")
    codes, ticks, money = about["codes"], about["ticks"], about["money"]
    area, places, other = about["area"], about["places"], about["other"]

    def ask(sql):
        return lambda: base.execute(sql).fetchall()

    counts = [f"SELECT '{name}' AS question, {name} AS code, count(*) AS n FROM answers GROUP BY 2" for name in codes]
    sums = [f"sum({name})" for name in ticks] + [f"avg({name})" for name in money]
    weighted = [
        f"SELECT '{name}' AS question, {name} AS code, sum(weight) AS w, sum(weight * weight) AS ww FROM answers GROUP BY 2"
        for name in codes
    ]
    weighted_sums = [f"sum({name} * weight)" for name in ticks + money]
    by_area = [f"SELECT {area} AS area, {place} AS item, {{}} AS n FROM answers GROUP BY ALL" for place in places]
    top = " UNION ALL ".join(by_area)
    themes = f"SELECT area, item, sum(n) FROM ({top}) GROUP BY ALL"
    every = ask(" UNION ALL ".join(counts)), ask(f"SELECT {', '.join(sums)} FROM answers")
    every_weighted = ask(" UNION ALL ".join(weighted)), ask(f"SELECT {', '.join(weighted_sums)} FROM answers")
    return {
        "version": duckdb.__version__,
        "every_question": median_ms(lambda: [part() for part in every]),
        "every_question_weighted": median_ms(lambda: [part() for part in every_weighted]),
        "themes_by_area": median_ms(ask(themes.format(*["count(*)"] * len(places)))),
        "themes_by_area_weighted": median_ms(ask(themes.format(*["sum(weight)"] * len(places)))),
        "crosstab": median_ms(ask(f"SELECT {other}, {area}, count(*) FROM answers GROUP BY ALL")),
    }


def by_pandas(about, columns):
    codes, ticks, money = about["codes"], about["ticks"], about["money"]
    area, places, other = about["area"], about["places"], about["other"]
    frame = pandas.DataFrame(columns)
    for name in {*codes, *places, area, other}:
        frame[name] = frame[name].astype("category")

    def every():
        return [frame[name].value_counts(sort=False) for name in codes], frame[ticks].sum(), frame[money].mean()

    def every_weighted():
        weight = frame["weight"]
        counts = [weight.groupby(frame[name], observed=True).sum() for name in codes]
        return counts, frame[ticks + money].mul(weight, axis=0).sum()

    def themes():
        return sum(frame.groupby([area, place], observed=False).size() for place in places)

    def themes_weighted():
        return sum(frame.groupby([area, place], observed=False)["weight"].sum() for place in places)

    return {
        "version": pandas.__version__,
        "every_question": median_ms(every),
        "every_question_weighted": median_ms(every_weighted),
        "themes_by_area": median_ms(themes),
        "themes_by_area_weighted": median_ms(themes_weighted),
        "crosstab": median_ms(lambda: frame.groupby([other, area], observed=False).size()),
    }


def main():
    about, columns = read(Path(sys.argv[1]))
    json.dump({"duckdb": by_duckdb(about, columns), "pandas": by_pandas(about, columns)}, sys.stdout)


if __name__ == "__main__":
    main()
