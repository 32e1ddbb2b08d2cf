"""FAISS's side of bench/gallery.ts: flat, scalar quantized to 8 bits, and HNSW."""
import json
import sys
import time

import faiss
import numpy as np

folder, rows, dimensions, hnsw_rows, threads = sys.argv[1], *map(int, sys.argv[2:])
faiss.omp_set_num_threads(threads)
vectors = np.memmap(f"{folder}/vectors.f32", dtype=np.float32, mode="r", shape=(rows, dimensions))
queries = np.fromfile(f"{folder}/queries.f32", dtype=np.float32).reshape(-1, dimensions)
facts = {}
STEP = 10_000


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("RssAnon"))


def median_ms(act, rounds):
    times = []
    for i in range(rounds + 2):
        start = time.perf_counter()
        act(i)
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times[2:]))


def measure(name, index, count, rounds, truth=None):
    if not index.is_trained:
        index.train(np.ascontiguousarray(vectors[:50_000]))
    before = resident()
    start = time.perf_counter()
    for at in range(0, count, STEP):
        index.add(np.ascontiguousarray(vectors[at : min(count, at + STEP)]))
    facts[f"{name}, added a second"] = count / (time.perf_counter() - start)
    facts[f"{name}, MB"] = resident() - before
    one = lambda i: index.search(queries[i % len(queries)][None], 10)
    facts[f"{name}, one query, ms"] = median_ms(one, rounds)
    batch = median_ms(lambda _: index.search(queries, 10), 2)
    facts[f"{name}, batch of {len(queries)}, queries a second"] = 1000 * len(queries) / batch
    found = index.search(queries, 10)[1]
    if truth is not None:
        same = [len(set(a) & set(b)) for a, b in zip(found, truth)]
        facts[f"{name}, recall against flat"] = sum(same) / truth.size
    return found


flat = faiss.IndexFlatIP(dimensions)
truth = measure("FAISS flat", flat, rows, 15)
if hnsw_rows == rows:
    truth_of_hnsw = truth
else:
    small = faiss.IndexFlatIP(dimensions)
    small.add(np.ascontiguousarray(vectors[:hnsw_rows]))
    truth_of_hnsw = small.search(queries, 10)[1]
    del small
del flat
codes = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
measure("FAISS SQ8", codes, rows, 15, truth)
del codes
graph = faiss.IndexHNSWFlat(dimensions, 16, faiss.METRIC_INNER_PRODUCT)
graph.hnsw.efConstruction = 128
graph.hnsw.efSearch = 128
measure("FAISS HNSW", graph, hnsw_rows, 100, truth_of_hnsw)
print(json.dumps(facts))
