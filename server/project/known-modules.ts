/**
 * Modules that are known to come from the distribution of the same name (PEP 503), so that one which is not declared can
 * be named with certainty. Read from the wheels of much-used distributions; {@link distributionsByModule} has the others.
 */
const names = `
  accelerate aenum aiofile aiofiles aiohappyeyeballs aiohttp aiomqtt aiomysql aiosignal aiosqlite alabaster
  albumentations ale_py alembic alibi altair amqp annotated_doc annotated_types anthropic anyio anytree appdirs
  apscheduler apsw argcomplete array_api_compat arrow arviz ase asgiref asn1crypto ast_serialize asteval astroid
  astropy astropy_iers_data asttokens astunparse async_lru asyncpg attrs audioread authlib autograd automat av
  azureml babel backoff bcrypt beartype bentoml billiard bitarray black bleach blinker blis blobfile blosc2 bm25s
  bokeh boltons boruta boto boto3 botocore bottleneck brotli cachebox cachecontrol cachelib cachetools caio calver
  cantera captum cartopy casadi catalogue catboost category_encoders cattrs cbor2 celery certifi cffi cfgv cftime
  chardet charset_normalizer chemicals chromadb ckzg clang_format clang_tidy clarabel click click_plugins cligj
  cloudpathlib cloudpickle cma cmake cmeel cocotb cocotb_bus coincurve colorama colorcet colorlog confection
  configargparse conllu constantly contourpy CoolProp cramjam croniter cryptography curl_cffi cvxopt cvxpy cycler
  cyclopts cymem cysignals cython Cython cytoolz darts dash dash_bootstrap_components dask datasets datashader
  dateparser debugpy decorator deepdiff deepspeed defusedxml dependency_groups deprecated deprecation diffusers
  dill diskcache distlib distro dj_database_url django docker docstring_parser docutils donfig dtreeviz duckdb dvc
  easyocr ecdsa ecos einops einx elasticsearch eli5 email_validator emcee emoji environs et_xmlfile eth_hash
  eth_typing eth_utils etils evaluate evidently exceptiongroup execnet executing ezdxf faker farama_notifications
  fastapi fastavro fasteners fastjsonschema fastparquet feast feedparser filelock filetype find_libpython
  findspark fiona fire flair flake8 flash_attn flask flask_bcrypt flask_cors flask_jwt_extended flask_login
  flask_restful flask_session flask_sqlalchemy flask_wtf flatbuffers flax flexcache flexparser flit_core fluids
  folium fontTools formulaic fqdn freezegun frozendict frozenlist fsspec ftfy future galois gast gensim geojson
  geopandas gguf gitdb glfw gmpy2 gmsh google_auth_httplib2 google_auth_oauthlib google_crc32c gpt4all gradio
  graphviz greenlet groq gspread gtts gunicorn gym gymnasium h11 h2 h2o h5netcdf h5py harfile
  hatch_fancy_pypi_readme hatch_vcs hatchling hdbscan hf_xet highspy hiredis holidays holoviews hpack html5lib
  httpcore httpcore2 httplib2 httptools httpx httpx2 httpx_sse huggingface_hub humanfriendly humanize hvplot hydra
  hyperframe hyperlink hyperopt hypothesis hypothesis_graphql identify idna igraph imagecodecs imageio
  imageio_ffmpeg imagesize imbalanced_ensemble imgaug immutabledict implicit importlib_metadata
  importlib_resources incremental iniconfig interface_meta interpret invoke ipdb ipykernel IPython
  ipython_pygments_lexers ipywidgets isodate isoduration isort itsdangerous janus jax jaxlib jaxtyping jedi
  jeepney jinja2 jiter jiwer jmespath joblib joserfc jplephem json5 jsonpatch jsonpath_ng jsonpickle jsonpointer
  jsonref jsonschema jsonschema_path jsonschema_rs jsonschema_specifications jupyter_builder jupyter_client
  jupyter_console jupyter_core jupyter_events jupyter_lsp jupyter_server jupyter_server_terminals jupyterlab
  jupyterlab_pygments jupyterlab_server jupyterlab_widgets jwcrypto kagglehub keras keyring kfp kiwisolver kneed
  kombu kornia langchain langchain_community langchain_core langchain_google_genai langchain_huggingface
  langchain_openai langchain_text_splitters langcodes langgraph langgraph_sdk langsmith lark lazy_loader ldpc
  Levenshtein librosa librt libtpu lifelines lightfm lightgbm lightning lightning_utilities lime linopy llvmlite
  lm_eval locket loguru lxml lz4 mako markdown markupsafe marshmallow matplotlib matplotlib_inline
  matpowercaseframes maturin mccabe mcp mcp_types mdit_py_plugins mdurl mergedeep meshio mido minio mir_eval
  missingno mistral_common mistune ml_collections ml_dtypes mlflow mlxtend mmcv mmdet mmh3 monai moocore
  more_itertools motor moviepy mpi4py mpmath msgpack msgspec mujoco multidict multipledispatch multiprocess
  multitasking murmurhash music21 mutagen mypy mypy_extensions namex narwhals natsort nbclient nbconvert nbdev
  nbformat ndindex neo4j nest_asyncio nest_asyncio2 netCDF4 networkit networkx nh3 nibabel ninja nltk nodeenv
  notebook notebook_shim nox numba numcodecs numexpr numpy oauth2client oauthlib olefile omegaconf onnx onnx_ir
  onnxruntime onnxscript openai openapi_pydantic openpyxl opt_einsum optax optree optuna ordered_set orjson
  ormsgpack ortools osqp outcome overrides packaging pandapower pandas pandera pandocfilters panel papermill
  paramiko parso partd passlib pathable pathos pathspec patsy pdf2image pdfplumber peewee peft pendulum pettingzoo
  pexpect pg8000 phik picamera2 pinecone pint pip platformdirs playwright plotly plotnine pluggy ply pmdarima
  pocketsphinx polars pooch portalocker postgrest posthog pox ppft praw pre_commit preshed prettytable
  prometheus_client prompt_toolkit propcache prophet psutil psycopg psycopg_binary ptyprocess pulp pure_eval py
  pyamg pyaml pyarrow pyasn1 pyasn1_modules pyaudio pybammsolvers pybind11 pybullet pycaret pycocotools
  pycodestyle pycountry pycparser pydantic pydantic_core pydantic_settings pydeck pydicom pydivsufsort pydot pydub
  pyee pyevtk pyflakes pygame pygments pylint pymarc pymatching pymc pymc3 pymetis pymodbus pymongo pymoo pymupdf
  pymysql pyod pyodbc pyogrio pyparsing pypdf pypdfium2 pyperclip pyproj pyproject_hooks pypsa PyQt5 PyQt6
  pyrate_limiter pyright pysam pyscf pyscipopt PySide2 pyspark pytesseract pytest pytest_asyncio pytest_benchmark
  pytest_cov pytest_mock pytest_timeout python_discovery python_multipart python_utils pytokens pytorch_lightning
  pytorch_metric_learning pytz qdldl qrcode qutip rank_bm25 rapidfuzz ray rdata rdflib realtime redis reedsolo
  referencing regex reportlab requests requests_oauthlib requests_toolbelt resiliparse responses respx retrying
  rfc3339_validator rfc3986 rfc3986_validator rfc3987_syntax rich rich_rst robot_descriptions roman_numerals
  rotary_embedding_torch rsa ruff rustworkx s3transfer sacrebleu safetensors scapy scikit_build_core scipy scramp
  scrapy scs seaborn secretstorage selenium semantic_version send2trash sentence_transformers sentencepiece
  sentry_sdk service_identity setuptools setuptools_rust setuptools_scm sgp4 shap shapely shellingham shiboken6
  simpleeval SimpleITK simplejson six sklearn_crfsuite skorch sktime skyfield slack_sdk slicer slycot smart_open
  smmap sniffio snowballstemmer snowflake sortedcontainers sounddevice soundfile soupsieve soxr spacy spacy_legacy
  spacy_loggers sparsediffpy sphinx sqlalchemy sqlmodel sqlparse squarify srsly sse_starlette stable_baselines3
  stack_data stamina starlette statsforecast statsmodels stevedore stim storage3 streamlit strenum structlog
  sudachidict_core supabase supabase_auth supabase_functions sympy tables tabulate tblib tenacity tensorboard
  tensorboard_data_server tensorboardX tensorflow_addons tensorflow_datasets tensorflow_hub tensorflow_probability
  tensorstore termcolor terminado text_unidecode textblob texttable theano thermo thinc threadpoolctl tifffile
  tiktoken time_machine timm tinycss2 tld tokenizers toml tomli tomli_w tomlkit toolz torch torch_einops_utils
  torch_geometric torchaudio torchdata torchmetrics torchtext torchvision tornado tox tpot tqdm traitlets
  transformers treescope trimesh trio trio_websocket triton trl trove_classifiers truststore tslearn tweepy
  twisted typeguard typer typing_extensions typing_inspect typing_inspection tzdata tzlocal ujson ultralytics
  uncertainties unicorn unidecode uri_template uritemplate urllib3 uuid_utils uvicorn uvloop validators
  vcs_versioning vega_datasets vine virtualenv voila vosk vtk wadler_lindig wandb wasabi wasmtime watchdog
  watchfiles wcwidth weasel weasyprint weaviate webcolors webencodings websockets werkzeug wheel
  widgetsnbextension wordcloud wrapt wsproto wtforms xarray xarray_einstats xgboost xlrd xlsxwriter xlwt xmlschema
  xxhash xyzservices yarl yellowbrick yfinance yt_dlp zipp zstandard
`;

export const knownModules: ReadonlySet<string> = new Set(names.trim().split(/\s+/));
