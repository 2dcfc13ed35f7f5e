"""Encodes a folder of Parquet with Spark.

spark-submit spark_encode.py CORPUS TOKENS [VOCABULARY]
"""

import sys

import tok.spark
from pyspark.sql import SparkSession

corpus, target, *vocabulary = sys.argv[1:]
spark = SparkSession.builder.appName("tok encode").getOrCreate()
# Rows go to Python in batches; long documents want smaller ones.
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
texts = spark.read.parquet(corpus)
encoded = tok.spark.encode(texts, *(vocabulary or ["o200k_base"]), end_of_document="<|endoftext|>")
encoded.drop("text").write.parquet(target)
tok.spark.count_tokens(texts, *(vocabulary or ["o200k_base"])).show()
