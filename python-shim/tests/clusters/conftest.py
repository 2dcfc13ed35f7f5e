import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tok


@pytest.fixture(scope="session")
def o200k() -> tok.Tokenizer:
    return tok.load("o200k_base")


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Documents of very different lengths: empty, a few words, and some that have most of the text."""
    random.seed(7)
    words = [
        "the",
        "Straße",
        "naïve",
        "日本語",
        "😀",
        "\t",
        "\n",
        "\r\n",
        "back\\slash",
        "<|endoftext|>",
        "12345",
    ]
    words += ["".join(random.choices("etaoinshr", k=random.randint(1, 9))) for _ in range(400)]
    made = [
        " ".join(random.choices(words, k=20_000 if number % 100 == 3 else random.randint(0, 60)))
        for number in range(600)
    ]
    return ["", " ", "\n", *made]


@pytest.fixture(scope="session")
def ids(o200k: tok.Tokenizer, texts: list[str]) -> list[list[int]]:
    """What one process makes of them."""
    return o200k.encode_batch(texts).tolist()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster of two workers, each with an address of its own, since Spark runs no second attempt
    of a task beside the first one on the same host.
    """
    pyspark = pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("there is no java")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    home = str(Path(pyspark.__file__).parent)
    os.environ.update(
        SPARK_HOME=home,
        SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_PYTHON=sys.executable,
        PYSPARK_DRIVER_PYTHON=sys.executable,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{probe.getsockname()[1]}"
    port = master.rpartition(":")[2]
    java = ["java", "-Xmx128m", "-cp", f"{home}/jars/*"]
    started = [
        [
            *java,
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            port,
            "--webui-port",
            "0",
        ]
    ]
    for host in ("127.0.0.2", "127.0.0.3"):
        started.append(
            [
                *java,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                host,
                "--webui-port",
                "0",
                "--cores",
                "1",
            ]
            + ["--memory", "600m", "--work-dir", str(folder), master]
        )
    log = open(folder / "log", "wb")
    # Without a version the launcher looks for folders of a build.
    environment = {**os.environ, "SPARK_SCALA_VERSION": "2.12"}
    del environment["SPARK_LOCAL_IP"]
    processes = []
    for command in started:
        processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))
        time.sleep(1)
    session = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "600m")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
        .config("spark.local.dir", str(folder))
        .config("spark.speculation", "true")
        .config("spark.speculation.interval", "100ms")
        .config("spark.speculation.quantile", "0.5")
        .config("spark.speculation.minTaskRuntime", "500ms")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
    for process in reversed(processes):
        process.terminate()
        process.wait()
    log.close()


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    """Ray on this machine, with two processes that work."""
    module = pytest.importorskip("ray")
    os.environ["RAY_DATA_DISABLE_PROGRESS_BARS"] = "1"
    module.init(
        num_cpus=2,
        object_store_memory=100 * 2**20,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
    )
    yield module
    module.shutdown()
