"""Trains a vocabulary on a folder of Parquet: the cluster counts words, the driver merges them.

spark-submit spark_train.py CORPUS VOCABULARY.tok [SIZE]
"""

import sys

import tok.spark
from pyspark.sql import SparkSession

corpus, target, *size = sys.argv[1:]
spark = SparkSession.builder.appName("tok train").getOrCreate()
trained = tok.spark.train(
    spark.read.parquet(corpus),
    "bpe",
    vocab_size=int(size[0]) if size else 32000,
    pattern="o200k",
    special_tokens=["<|endoftext|>"],
)
trained.tokenizer.save(target)
print(trained.tokenizer, trained.shortage or "", *trained.remarks)
