import type { Call } from "../../python/value.ts";

const functions =
  /^(?:joblib|sklearn\.externals\.joblib|pickle|cPickle|dill|cloudpickle|torch|torch\.jit|skops\.io)\.loads?$|^(?:tensorflow\.)?keras\.(?:saving\.|models\.)?load_model$|^tensorflow\.saved_model\.load$|^mlflow\.\w+\.load_model$|^onnxruntime\.InferenceSession$|^bentoml\.\w+\.load_model$|\.from_pretrained$/;
const methods = new Set(["load_model"]);
/** Those that run whatever the file says, so that the library's version must be the one that wrote it. */
const pickles = /^(?:joblib|sklearn\.externals\.joblib|pickle|cPickle|dill|cloudpickle)\.load$/;

/** Does a call read a model from the disk? */
export function isLoad({ callee, method }: Call): boolean {
  return callee === undefined ? methods.has(method ?? "") : functions.test(callee);
}

/** Does a call read a pickle? */
export function isUnpickling({ callee }: Call): boolean {
  return callee !== undefined && pickles.test(callee);
}

/** The name by which people know the call: `joblib.load`. */
export function loadName({ callee, method }: Call): string {
  return (callee ?? method ?? "").split(".").slice(-2).join(".");
}

/** Does a call write a model to the disk? */
export function isDump({ callee, method }: Call): boolean {
  if (callee !== undefined)
    return /^(?:joblib|sklearn\.externals\.joblib|pickle|cPickle|dill|cloudpickle)\.dump$|^mlflow\.\w+\.(?:log|save)_model$/.test(
      callee,
    );
  return method === "save_model";
}
