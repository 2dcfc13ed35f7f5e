"""Encodes a folder of Parquet with Hugging Face's datasets.

python datasets_encode.py CORPUS TOKENS [VOCABULARY]
"""

import os
import sys

import datasets
import tok.datasets

if __name__ == "__main__":
    corpus, target, *vocabulary = sys.argv[1:]
    texts = datasets.load_dataset("parquet", data_files=f"{corpus}/*.parquet", split="train")
    encoder = tok.datasets.Encoder(*(vocabulary or ["o200k_base"]))
    encoded = texts.with_format("arrow").map(
        encoder, batched=True, num_proc=os.cpu_count(), remove_columns=["text"]
    )
    encoded.with_format(None).save_to_disk(target)
