"""ONNX files in single precision, which is what ONNX Runtime is fast in; a program of its own, run with the onnx package.

    onnx_models.py float32 FROM TO      a copy of a model in double precision
    onnx_models.py xgboost FROM TO      the trees of an XGBoost model.json
"""

import sys

import onnx
from onnx import TensorProto, helper, numpy_helper

import trees


def float32(source: str, target: str):
    model = onnx.load(source)
    graph = model.graph
    for value in [*graph.input, *graph.output, *graph.value_info]:
        if value.type.tensor_type.elem_type == TensorProto.DOUBLE:
            value.type.tensor_type.elem_type = TensorProto.FLOAT
    for tensor in graph.initializer:
        narrow(tensor)
    for node in graph.node:
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == TensorProto.DOUBLE:
                attribute.i = TensorProto.FLOAT
            if attribute.HasField("t"):
                narrow(attribute.t)
    onnx.save(model, target)


def narrow(tensor):
    if tensor.data_type == TensorProto.DOUBLE:
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype("float32"), tensor.name))


def xgboost(source: str, target: str):
    forest = trees.xgboost(source)
    said = {key: [] for key in ("nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
                                "nodes_falsenodeids", "target_treeids", "target_nodeids", "target_ids", "target_weights")}

    def add(tree, kind, node):
        number = count[0]
        count[0] += 1
        at = len(said["nodes_treeids"])
        split = isinstance(node, trees.Split)
        for key, value in (("treeids", tree), ("nodeids", number), ("featureids", node.feature if split else 0), ("truenodeids", 0),
                           ("values", node.threshold if split else 0.0), ("modes", "BRANCH_LT" if split else "LEAF"), ("falsenodeids", 0)):
            said["nodes_" + key].append(value)
        if split:
            said["nodes_truenodeids"][at] = add(tree, kind, node.left)
            said["nodes_falsenodeids"][at] = add(tree, kind, node.right)
        else:
            for key, value in (("treeids", tree), ("nodeids", number), ("ids", kind), ("weights", node)):
                said["target_" + key].append(value)
        return number

    for tree, (kind, root) in enumerate(forest.trees):
        count = [0]
        add(tree, kind, root)
    classes = len(forest.base)
    features = 1 + max(said["nodes_featureids"])
    ensemble = helper.make_node("TreeEnsembleRegressor", ["X"], ["margin"], domain="ai.onnx.ml", n_targets=classes,
                                aggregate_function="SUM", base_values=forest.base, **said)
    link = helper.make_node("Softmax" if forest.link == trees.SOFTMAX else "Sigmoid", ["margin"], ["probabilities"])
    graph = helper.make_graph([ensemble, link], "trees", [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, features])],
                              [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, classes])])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("ai.onnx.ml", 3)],
                                ir_version=8), target)


if __name__ == "__main__":
    {"float32": float32, "xgboost": xgboost}[sys.argv[1]](*sys.argv[2:])
