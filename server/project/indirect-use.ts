/** Distributions (PEP 503 names) that other libraries, the command line or a server load: nothing imports them. */
const indirect = `
  accelerate adlfs aiofiles aiosqlite alembic apache-airflow asyncmy asyncpg awscli azure-cli bitsandbytes bottleneck
  brotli brotlicffi cchardet celery certifi chardet charset-normalizer clickhouse-driver clickhouse-connect colorama
  cmake cryptography ctranslate2 cx-oracle cython daphne dj-database-url django-environ duckdb-engine dvc einops email-validator et-xmlfile eventlet
  fastapi-cli fastparquet ffmpeg flash-attn flower fsspec gcsfs gevent gevent-websocket greenlet gunicorn h5netcdf h5py
  hf-transfer hf-xet hiredis honcho html5lib httptools huggingface-hub hypercorn imagecodecs ipykernel ipympl ipython
  ipywidgets itsdangerous jinja2 jupyter jupyter-client jupyter-core jupyterlab jupyterlab-widgets kaleido keras-nightly lxml lz4
  markdown mkl mlflow mod-wsgi msgpack mypy-extensions mysql-connector-python mysqlclient nbconvert nbformat nest-asyncio netcdf4 newrelic
  ninja notebook numexpr odfpy openpyxl oracledb orjson pandoc pg8000 pickle5 pillow pip pipenv poetry polars-lts-cpu protobuf
  psutil psycopg psycopg-binary psycopg-pool psycopg2 psycopg2-binary py-cpuinfo pyarrow pybigquery pybind11 pycocotools pydot pydotplus
  pymssql pymysql pyodbc pyopenssl pyqt5 pyqt6 pyside2 pyside6 pysocks python-calamine python-docx python-dotenv python-levenshtein
  python-magic-bin python-multipart pystan python-snappy pytz pyxlsb pyyaml rapidocr-onnxruntime redis redshift-connector rsa ruamel-yaml s3fs
  safetensors scikit-learn-intelex sentencepiece setuptools setuptools-scm snowflake-sqlalchemy socksio sqlalchemy-bigquery sqlalchemy-redshift
  sqlalchemy-utils streamlit supervisor tables tabulate tbb tensorboard tensorboard-plugin-wit tensorflow-io tensorflow-macos
  tensorflow-metal tiktoken tokenizers torchaudio torchvision triton typing-extensions tzdata uvicorn uvloop uwsgi voila waitress watchdog
  watchfiles websockets wheel whitenoise widgetsnbextension xformers xlrd xlsxwriter xlwt zstandard
`;

const names = new Set(indirect.trim().split(/\s+/));

/** Families of plugins, type stubs, drivers and libraries of compiled code. */
const families =
  /^(?:types-|setuptools-|nvidia-|intel-|cuda-|pytest-|flake8-|pylint-|mypy-|sphinx-|sphinxcontrib-|mkdocs-|jupyter-|jupyterlab-|dvc-|django-|apache-airflow-providers-|airflow-provider-|opentelemetry-|langchain-|llama-index-|prefect-|dagster-|dbt-|tree-sitter-|pyobjc|spacy-model|xx-|[a-z]{2}-core-|[a-z]{2}-dep-|backports-)|-(?:stubs|plugin|headless-shell|bin|binary|cli|themes?|driver|dialect|extension|data)$/;

/** Whether a distribution (PEP 503 name) may do its work although no code of the project imports it. */
export function isUsedIndirectly(name: string): boolean {
  return names.has(name) || families.test(name);
}

/** Servers, database drivers and readers of file formats: another library does not bring these along by itself. */
export function isStartedByName(name: string): boolean {
  return /^(?:gunicorn|uvicorn|hypercorn|waitress|daphne|uwsgi|psycopg|mysql|pymysql|openpyxl|xlrd|pyarrow|python-multipart)/.test(
    name,
  );
}
