"""Learns the order of search hits: LambdaMART over the features that Plaza knows of a hit.

    pip install lightgbm==4.6.0
    npm run bench:relevance -- --set <folder of clicks> --features features.csv
    python scripts/ranking/train.py features.csv model.json [samples.json]

The second writes what PLAZA_RANKING_MODEL reads; the third, scores of some rows by LightGBM itself, for the test that
holds our evaluation against it. See docs/guides/search-ranking.md.
"""

import csv
import json
import sys

import lightgbm
import numpy

with open(sys.argv[1], newline="") as file:
    rows = list(csv.reader(file))
names = rows[0][2:]
groups, grades, features, last = [], [], [], None
for query, grade, *values in rows[1:]:
    if query != last:
        groups.append(0)
        last = query
    groups[-1] += 1
    grades.append(round(float(grade)))
    features.append([float(value) for value in values])
features = numpy.array(features)
data = lightgbm.Dataset(features, grades, group=groups, feature_name=names)
booster = lightgbm.train(
    {
        "objective": "lambdarank",
        "num_leaves": 15,
        "learning_rate": 0.05,
        "min_data_in_leaf": 50,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 5,
        "seed": 1,
        "deterministic": True,
        "num_threads": 1,
        "verbose": -1,
    },
    data,
    num_boost_round=200,
)



def kept(node):
    """What evaluating needs of a node."""
    if "leaf_value" in node and "split_feature" not in node:
        return {"leaf_value": node["leaf_value"]}
    return {
        **{key: node[key] for key in ("split_feature", "threshold", "decision_type", "default_left")},
        "left_child": kept(node["left_child"]),
        "right_child": kept(node["right_child"]),
    }


trees = [{"tree_structure": kept(tree["tree_structure"])} for tree in booster.dump_model()["tree_info"]]
if len(sys.argv) > 3:
    trees = trees[:5]
    sample = features[:: max(1, len(features) // 40)][:40]
    scores = booster.predict(sample, num_iteration=5, raw_score=True)
    with open(sys.argv[3], "w") as file:
        json.dump({"rows": sample.tolist(), "scores": scores.tolist()}, file)
with open(sys.argv[2], "w") as file:
    json.dump({"feature_names": names, "tree_info": trees}, file)
