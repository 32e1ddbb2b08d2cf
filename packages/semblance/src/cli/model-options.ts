import { Option } from 'commander';

/** What stands for a model on a command line. */
export const MODEL_HELP = 'a model: a name, a folder or an .onnx file';

/** `--detector`, and the default where it is left out. */
export const detectorOption = (help = `${MODEL_HELP} (default: see semblance model use)`): Option =>
  new Option('--detector <model>', help);

/** `--recognizer`, and the default where it is left out. */
export const recognizerOption = (help = `${MODEL_HELP} (default: see semblance model use)`): Option =>
  new Option('--recognizer <model>', help);
