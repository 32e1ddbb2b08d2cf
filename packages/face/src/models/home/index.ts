export { type DefaultModels, readDefaults, writeDefaults } from './defaults.ts';
export { type FoundModel, findModel, findModels } from './find.ts';
export { modelsFolder, modelsNamed, type PulledModel, partNames, pulledModels } from './pulled.ts';
