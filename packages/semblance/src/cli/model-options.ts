import { Option } from 'commander';

/** What stands for a model on a command line. */
export const MODEL_HELP = 'a model’s name, its folder or an .onnx file';

/** `--detector`, and the default where it is left out. */
export const detectorOption = (help = `${MODEL_HELP} (the default of semblance model use)`): Option =>
  new Option('--detector <model>', help);

/** `--recognizer`, and the default where it is left out. */
export const recognizerOption = (help = `${MODEL_HELP} (the default of semblance model use)`): Option =>
  new Option('--recognizer <model>', help);
