/** The vocabulary of machine learning and serving by which files are told apart before any is parsed. */

/** Modules whose importers learn from data, evaluate, or keep what was learnt. */
export const learningModules = new Set(
  "sklearn imblearn xgboost lightgbm catboost keras tensorflow tf_keras torch statsmodels joblib lightning pytorch_lightning fastai skops".split(
    " ",
  ),
);

/** Modules whose importers answer requests. */
export const webModules = named(
  "fastapi flask flask_restful flask_restx quart starlette django rest_framework bentoml sanic litestar",
);

/** Modules whose importers count where they predict: those that answer requests, and those that load what was learnt. */
export const servingModules = new Set([...webModules, ...named("pickle dill cloudpickle onnxruntime mlflow")]);

/**
 * Transformers of scikit-learn that learn numbers from the data they are fitted on. Those that only list the categories
 * (`OneHotEncoder`, `OrdinalEncoder`, `LabelEncoder`) tell nothing about the test that a score could gain by.
 */
export const transformers = named(
  `StandardScaler MinMaxScaler MaxAbsScaler RobustScaler PowerTransformer QuantileTransformer KBinsDiscretizer
  SplineTransformer TargetEncoder SimpleImputer KNNImputer IterativeImputer SelectKBest
  SelectPercentile SelectFpr SelectFdr SelectFwe GenericUnivariateSelect SelectFromModel RFE RFECV SequentialFeatureSelector VarianceThreshold
  PCA IncrementalPCA KernelPCA SparsePCA TruncatedSVD NMF FastICA FactorAnalysis CountVectorizer
  TfidfVectorizer TfidfTransformer DictVectorizer ColumnTransformer make_column_transformer`,
);

/** Those of imbalanced-learn, whose new rows are made of old ones. */
export const resamplers = named(
  `SMOTE SMOTENC SMOTEN SVMSMOTE KMeansSMOTE BorderlineSMOTE ADASYN RandomOverSampler RandomUnderSampler SMOTETomek SMOTEENN
  NearMiss TomekLinks ClusterCentroids EditedNearestNeighbours`,
);

export const splitters = named(
  "KFold StratifiedKFold GroupKFold StratifiedGroupKFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit TimeSeriesSplit LeaveOneOut",
);

export const searches = named(
  "GridSearchCV RandomizedSearchCV HalvingGridSearchCV HalvingRandomSearchCV BayesSearchCV",
);

/** Functions of scikit-learn that split by themselves and judge what was learnt on each part. */
export const crossValidations = named(
  "cross_val_score cross_validate cross_val_predict learning_curve validation_curve permutation_test_score",
);

/** Those of them whose answer is a score; a permutation test says what chance reaches. */
export const judgingValidations = named("cross_val_score cross_validate");
export const chanceTests = named("permutation_test_score");

/** Linear models, single trees, naive Bayes and neighbours: what the tutorial calls a simple model. */
export const simpleModels = named(
  `LogisticRegression LogisticRegressionCV LinearRegression Ridge RidgeCV RidgeClassifier RidgeClassifierCV Lasso LassoCV
  ElasticNet ElasticNetCV Lars LassoLars BayesianRidge HuberRegressor PoissonRegressor GammaRegressor TweedieRegressor
  QuantileRegressor TheilSenRegressor RANSACRegressor SGDClassifier SGDRegressor Perceptron PassiveAggressiveClassifier LinearSVC
  LinearSVR LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis DecisionTreeClassifier DecisionTreeRegressor
  KNeighborsClassifier KNeighborsRegressor NearestCentroid GaussianNB MultinomialNB BernoulliNB ComplementNB CategoricalNB
  OLS WLS GLS Logit Probit GLM ols`,
);

/** Boosted and deep ones. */
export const complexModels = named(
  `GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor
  AdaBoostClassifier AdaBoostRegressor StackingClassifier StackingRegressor MLPClassifier MLPRegressor XGBClassifier XGBRegressor
  XGBRFClassifier LGBMClassifier LGBMRegressor CatBoostClassifier CatBoostRegressor`,
);

/** Neither simple nor complex by the tutorial's words. */
export const otherModels = named(
  `RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor BaggingClassifier BaggingRegressor
  VotingClassifier VotingRegressor SVC SVR NuSVC NuSVR GaussianProcessClassifier GaussianProcessRegressor KernelRidge
  RadiusNeighborsClassifier`,
);

export const dummyModels = named("DummyClassifier DummyRegressor");

/** Metrics of scikit-learn for classes and for numbers. */
export const classMetrics = named(
  `accuracy_score balanced_accuracy_score f1_score fbeta_score precision_score recall_score roc_auc_score
  average_precision_score log_loss brier_score_loss cohen_kappa_score matthews_corrcoef jaccard_score top_k_accuracy_score
  precision_recall_fscore_support hamming_loss zero_one_loss`,
);
export const numberMetrics = named(
  `mean_squared_error root_mean_squared_error mean_absolute_error median_absolute_error r2_score max_error
  mean_absolute_percentage_error explained_variance_score mean_squared_log_error mean_pinball_loss`,
);

/** What looks at the errors and not only at their number. */
export const errorAnalyses = named(
  `confusion_matrix multilabel_confusion_matrix classification_report ConfusionMatrixDisplay PredictionErrorDisplay
  RocCurveDisplay PrecisionRecallDisplay DetCurveDisplay CalibrationDisplay roc_curve precision_recall_curve det_curve calibration_curve
  precision_recall_fscore_support plot_confusion_matrix residuals residual resid errors error_analysis misclassified wrong mistakes ClassificationReport
  permutation_importance`,
);

/**
 * Calls that make the randomness of training repeatable. A split's `random_state`, or a generator of numpy's own, says nothing
 * about the weights of a network.
 */
export const seedings = named(
  `seed manual_seed manual_seed_all set_seed set_random_seed seed_everything seed_all fix_seed fix_seeds
  set_seeds set_global_seed PRNGKey RANDOM_SEED SEED`,
);

const others = named(
  `fit fit_transform fit_resample partial_fit train_test_split score predict predict_proba decision_function evaluate compile Sequential
  Model Dense backward zero_grad train_test early_stopping_rounds EarlyStopping ModelCheckpoint best_score_ load load_model dump
  save_model from_pretrained InferenceSession route get post iterrows itertuples request Resource APIView MethodView api
  read_csv read_parquet read_excel read_table read_json to_csv to_parquet to_excel to_json argparse ArgumentParser argv click typer Request
  eq sum mean SentenceTransformer pretrained timm Trainer generator discriminator Generator Discriminator autoencoder Autoencoder VAE`,
);

/** Every word that some rule asks for. */
export const terms: ReadonlySet<string> = new Set(
  [
    transformers,
    resamplers,
    splitters,
    searches,
    crossValidations,
    simpleModels,
    complexModels,
    otherModels,
    dummyModels,
    classMetrics,
    numberMetrics,
    errorAnalyses,
    seedings,
    others,
  ].flatMap((each) => [...each]),
);

function named(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
