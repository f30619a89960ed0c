import { batchScaffold, sparkScaffold } from "./batch.ts";
import { bentomlScaffold } from "./bentoml.ts";
import type { ScaffoldKind } from "./kinds.ts";
import { mlflowScaffold } from "./mlflow.ts";
import type { Scaffold, ServedModel } from "./scaffold.ts";
import { serviceScaffold } from "./service.ts";

/** What each way to serve a model is made by. */
export const scaffolds: Readonly<Record<ScaffoldKind, (served: ServedModel) => Scaffold>> = {
  service: serviceScaffold,
  batch: batchScaffold,
  spark: sparkScaffold,
  mlflow: mlflowScaffold,
  bentoml: bentomlScaffold,
};
