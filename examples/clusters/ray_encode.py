"""Encodes a folder of Parquet with Ray.

python ray_encode.py CORPUS TOKENS [VOCABULARY]
"""

import sys

import ray
import tok.ray

corpus, target, *vocabulary = sys.argv[1:]
ray.init()
encoder = tok.ray.Encoder(
    *(vocabulary or ["o200k_base"]), keep_columns=[], end_of_document="<|endoftext|>"
)
texts = ray.data.read_parquet(corpus)
texts.map_batches(encoder, batch_format="pyarrow", batch_size=1000).write_parquet(target)
