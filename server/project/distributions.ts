import { knownModules } from "./known-modules.ts";
import { normalizedName } from "./project.ts";

/**
 * Modules whose distribution has another name: the module, then what pip calls it, most usual first, then (behind
 * `conda:`) what only conda calls it. Read from the wheels of much-used distributions.
 */
const table = `
absl absl-py
ahocorasick pyahocorasick
apiclient google-api-python-client
argon2 argon2-cffi
attr attrs
Bio biopython
bs4 beautifulsoup4 bs4
bson pymongo bson
can python-can
cattr cattrs
clang libclang clang conda: python-clang
clip openai-clip clip open-clip-torch
community python-louvain
corsheaders django-cors-headers
cpuinfo py-cpuinfo
crispy_forms django-crispy-forms
Crypto pycryptodome pycrypto
Cryptodome pycryptodomex
cv2 opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless conda: opencv py-opencv libopencv
dateutil python-dateutil
debug_toolbar django-debug-toolbar
decouple python-decouple
discord discord-py py-cord
dns dnspython
docx python-docx docx
dotenv python-dotenv
engineio python-engineio
environ django-environ
erfa pyerfa
evtk pyevtk
faiss faiss-cpu faiss-gpu faiss-gpu-cu12 conda: faiss
fastmcp fastmcp fastmcp-slim
ffmpeg ffmpeg-python
fitz pymupdf
fla flash-linear-attention fla-core
flint python-flint
fpdf fpdf2 fpdf
functorch torch
git gitpython
github pygithub
github3 github3-py
googleapiclient google-api-python-client
graphql graphql-core
graphviz graphviz conda: python-graphviz
gridfs pymongo
griffe griffe griffelib
grpc grpcio grpcio-gpu
grpc_status grpcio-status
grpc_tools grpcio-tools
hydra hydra-core
igraph igraph python-igraph
Image pillow
imblearn imbalanced-learn imblearn
IPython ipython jupyter
ipywidgets ipywidgets jupyter
isympy sympy
jose python-jose
jwt pyjwt
kafka kafka-python kafka-python-ng
keras keras tensorflow tensorflow-cpu tensorflow-gpu
ldap python-ldap
Levenshtein levenshtein python-levenshtein
libfuturize future
lightning_fabric lightning-fabric lightning pytorch-lightning
magic python-magic python-magic-bin
markdown_it markdown-it-py
matplotlib matplotlib conda: matplotlib-base
MeCab mecab-python3
memcache python-memcached
mesonbuild meson
mesonpy meson-python
mlflow mlflow mlflow-skinny
mpl_toolkits matplotlib conda: matplotlib-base
msgpack msgpack conda: msgpack-python
multipart python-multipart multipart
mysql mysql-connector-python mysql-connector
MySQLdb mysqlclient
nacl pynacl
nats nats-py
nbformat nbformat jupyter
notebook notebook jupyter
OleFileIO_PL olefile
onnxruntime onnxruntime onnxruntime-gpu onnxruntime-directml
open_clip open-clip-torch
OpenGL pyopengl
OpenSSL pyopenssl
osgeo gdal
ot pot
paho paho-mqtt
past future
pasta google-pasta
pdfminer pdfminer-six pdfminer
PIL pillow pillow-simd
pinecone pinecone pinecone-client
pl_bolts lightning-bolts
playhouse peewee
pptx python-pptx
progressbar progressbar2 progressbar
proto proto-plus
psycopg psycopg psycopg-binary
psycopg2 psycopg2-binary psycopg2
pwiz peewee
pybullet_data pybullet
pybullet_envs pybullet
pybullet_utils pybullet
pycocotools pycocotools pycocotools-windows
pycrfsuite python-crfsuite
pydantic pydantic conda: pydantic-core
pygame pygame pygame-ce
pylab matplotlib conda: matplotlib-base
PyQt5 pyqt5 conda: pyqt
pysat python-sat
PySide6 pyside6 pyside6-essentials
pythoncom pywin32
pythonjsonlogger python-json-logger
pytorch_lightning pytorch-lightning lightning
pywintypes pywin32
pywt pywavelets
pyximport cython
rapidjson python-rapidjson
ray ray conda: ray-core ray-default
redis redis conda: redis-py
rest_framework djangorestframework
rest_framework_simplejwt djangorestframework-simplejwt
rpds rpds-py
ruamel ruamel-yaml
serial pyserial
shapefile pyshp
sitk simpleitk
skbio scikit-bio
skfem scikit-fem
skfuzzy scikit-fuzzy
skimage scikit-image
sklearn scikit-learn scikit-learn-intelex sklearn
skopt scikit-optimize
skrf scikit-rf
slugify python-slugify
snappy python-snappy
socketio python-socketio
socks pysocks
sockshandler pysocks
speech_recognition speechrecognition
Stemmer pystemmer
surprise scikit-surprise
tables tables conda: pytables
talib ta-lib
telegram python-telegram-bot
tensorflow tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos tensorflow-rocm tf-nightly intel-tensorflow conda: tensorflow-base tensorflow-mkl
tiktoken_ext tiktoken
tlz toolz
torch torch conda: pytorch pytorch-cpu pytorch-gpu
torchgen torch
torchvision torchvision conda: torchvision-cpu
tree dm-tree
triton triton triton-windows pytorch-triton
umap umap-learn
upath universal-pathlib
usb pyusb
vtkmodules vtk
websocket websocket-client
whisper openai-whisper
win32api pywin32
win32com pywin32
win32con pywin32
win32gui pywin32
wx wxpython
xdist pytest-xdist
xgboost xgboost xgboost-cpu conda: py-xgboost py-xgboost-cpu py-xgboost-gpu
Xlib python-xlib
yaml pyyaml
z3 z3-solver
zmq pyzmq
`;

/** Several distributions put modules below these, so that the first name alone says nothing of where it comes from. */
export const namespaces: ReadonlySet<string> = new Set(
  "airflow aws_cdk azure backports collective cuda flufl google jaraco logilab nvidia opentelemetry orbax plone repoze sphinxcontrib tencentcloud xstatic zope".split(
    " ",
  ),
);

/** Distributions, normalised (PEP 503), by the module whose name is not theirs; the one to propose first. */
export const distributionsByModule: ReadonlyMap<string, readonly string[]> = new Map(
  rows().map(([module, ...names]) => [module, names.filter((name) => name !== "conda:")]),
);

/** The same without what only conda knows, and without old stand-ins that bear the module's own name. */
const proposedByModule = new Map(
  rows().map(([module, first = "", ...others]) => {
    const end = others.indexOf("conda:");
    const ofPip = end < 0 ? others : others.slice(0, end);
    return [module, [first, ...ofPip.filter((name) => name !== normalizedName(module))]];
  }),
);

function rows(): (readonly [string, ...string[]])[] {
  return table
    .trim()
    .split("\n")
    .map((row) => {
      const [module = "", ...names] = row.split(" ");
      return [module, ...names];
    });
}

const modulesByDistribution = new Map<string, string[]>();
for (const [module, names] of distributionsByModule) {
  for (const name of names) modulesByDistribution.set(name, [...(modulesByDistribution.get(name) ?? []), module]);
}
const knownDistributions = new Set([...knownModules].map(normalizedName));

/**
 * The distributions (PEP 503 names) that may hold a top-level module, as far as a table can tell: several are a choice.
 * For a module that the table does not know, its own name.
 */
export function usualDistributionsOf(module: string): readonly string[] {
  return distributionsByModule.get(module) ?? [normalizedName(module)];
}

/** Those of them that a person may be asked to install with pip, the likeliest first. */
export function proposedDistributionsOf(module: string): readonly string[] {
  return proposedByModule.get(module) ?? usualDistributionsOf(module);
}

/** Whether {@link usualDistributionsOf} is knowledge, and no guess. */
export function isKnownModule(module: string): boolean {
  return distributionsByModule.has(module) || knownModules.has(module);
}

/** The modules that a distribution (PEP 503 name) is known to hold; undefined when it is not known. */
export function knownModulesOf(distribution: string): readonly string[] | undefined {
  const own = knownDistributions.has(distribution) ? [distribution.replaceAll("-", "_")] : [];
  const others = modulesByDistribution.get(distribution) ?? [];
  return own.length + others.length > 0 ? [...new Set([...own, ...others])] : undefined;
}
