import type { CommandSpec } from '../cli/command.ts';
import { adaptCommand } from './adapt.ts';
import { auditListCommand } from './audit-list.ts';
import { auditVerifyCommand } from './audit-verify.ts';
import { dataAlignCommand } from './data-align.ts';
import { dataCleanCommand } from './data-clean.ts';
import { dataConvertCommand } from './data-convert.ts';
import { dataInspectCommand } from './data-inspect.ts';
import { dataPreviewCommand } from './data-preview.ts';
import { dataRenderCommand } from './data-render.ts';
import { demoCommand } from './demo.ts';
import { deploymentsListCommand } from './deployments-list.ts';
import { deploymentsRollbackCommand } from './deployments-rollback.ts';
import { detectCommand } from './detect.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateClusteringCommand } from './evaluate-clustering.ts';
import { evaluateDetectionCommand } from './evaluate-detection.ts';
import { evaluateIdentificationCommand } from './evaluate-identification.ts';
import { evaluateVerificationCommand } from './evaluate-verification.ts';
import { experimentLadderCommand } from './experiment-ladder.ts';
import { experimentLossesCommand } from './experiment-losses.ts';
import { findCommand } from './find.ts';
import { galleryAddCommand } from './gallery-add.ts';
import { galleryBackupCommand } from './gallery-backup.ts';
import { galleryBuildCommand } from './gallery-build.ts';
import { galleryCalibrateCommand } from './gallery-calibrate.ts';
import { galleryClusterCommand } from './gallery-cluster.ts';
import { galleryCopyCommand } from './gallery-copy.ts';
import { galleryDoctorCommand } from './gallery-doctor.ts';
import { galleryEncryptCommand } from './gallery-encrypt.ts';
import { galleryExportCommand } from './gallery-export.ts';
import { galleryImportCommand } from './gallery-import.ts';
import { galleryListCommand } from './gallery-list.ts';
import { galleryMergeCommand } from './gallery-merge.ts';
import { galleryNewKeyCommand } from './gallery-new-key.ts';
import { galleryRejectCommand } from './gallery-reject.ts';
import { galleryRejectionsCommand } from './gallery-rejections.ts';
import { galleryRemoveCommand } from './gallery-remove.ts';
import { galleryRenameCommand } from './gallery-rename.ts';
import { galleryRestoreCommand } from './gallery-restore.ts';
import { galleryRotateCommand } from './gallery-rotate.ts';
import { galleryShowCommand } from './gallery-show.ts';
import { gallerySplitCommand } from './gallery-split.ts';
import { galleryUndoCommand } from './gallery-undo.ts';
import { galleryVerifyCommand } from './gallery-verify.ts';
import { galleryVerifyReceiptCommand } from './gallery-verify-receipt.ts';
import { imageBuildCommand } from './image-build.ts';
import { imageInspectCommand } from './image-inspect.ts';
import { imageListCommand } from './image-list.ts';
import { imagePullCommand } from './image-pull.ts';
import { imagePushCommand } from './image-push.ts';
import { imageRunCommand } from './image-run.ts';
import { initCommand } from './init.ts';
import { jobsAliasCommand } from './jobs-alias.ts';
import { jobsAliasesCommand } from './jobs-aliases.ts';
import { jobsCompareCommand } from './jobs-compare.ts';
import { jobsCreateCommand } from './jobs-create.ts';
import { jobsDeleteCommand } from './jobs-delete.ts';
import { jobsDeleteTemplateCommand } from './jobs-delete-template.ts';
import { jobsDeployCommand } from './jobs-deploy.ts';
import { jobsDescribeCommand } from './jobs-describe.ts';
import { jobsDownloadCommand } from './jobs-download.ts';
import { jobsEvaluateCommand } from './jobs-evaluate.ts';
import { jobsPinCommand, jobsStarCommand } from './jobs-flag.ts';
import { jobsListCommand } from './jobs-list.ts';
import { jobsLogsCommand } from './jobs-logs.ts';
import { jobsModifyCommand } from './jobs-modify.ts';
import { jobsNoteCommand } from './jobs-note.ts';
import { jobsResumeCommand } from './jobs-resume.ts';
import { jobsSaveTemplateCommand } from './jobs-save-template.ts';
import { jobsSchemaCommand } from './jobs-schema.ts';
import { jobsShowCommand } from './jobs-show.ts';
import { jobsStopCommand } from './jobs-stop.ts';
import { jobsSuperviseCommand } from './jobs-supervise.ts';
import { jobsSweepCommand } from './jobs-sweep.ts';
import { jobsSweepsCommand } from './jobs-sweeps.ts';
import { jobsTagCommand } from './jobs-tag.ts';
import { jobsTemplatesCommand } from './jobs-templates.ts';
import { keysCreateCommand } from './keys-create.ts';
import { keysListCommand } from './keys-list.ts';
import { keysRevokeCommand } from './keys-revoke.ts';
import { lossesFeaturesCommand } from './losses-features.ts';
import { lossesPlotCommand } from './losses-plot.ts';
import { modelCalibrateCommand } from './model-calibrate.ts';
import { modelExportCommand } from './model-export.ts';
import { modelImportCommand } from './model-import.ts';
import { modelInspectCommand } from './model-inspect.ts';
import { modelListCommand } from './model-list.ts';
import { modelPullCommand } from './model-pull.ts';
import { modelUseCommand } from './model-use.ts';
import { recognizeCommand } from './recognize.ts';
import { serveCommand } from './serve.ts';
import { setupCommand } from './setup.ts';
import { stateBackupCommand } from './state-backup.ts';
import { stateRestoreCommand } from './state-restore.ts';
import { storageCopyCommand } from './storage-copy.ts';
import { trainDetectionCommand } from './train-detection.ts';
import { trainRecognitionCommand } from './train-recognition.ts';
import { verifyCommand } from './verify.ts';

/** What the first words of two-word commands stand for. */
export const commandGroups: Record<string, string> = {
  train: 'trains a detector or a recognizer',
  gallery: 'builds, shows and changes galleries of known people',
  evaluate: 'measures models on labelled photos',
  model: 'fetches published models by name, chooses, imports, exports and inspects models',
  data: 'inspects, converts, aligns and cleans sets of photos',
  experiment: 'compares ways of training on the same budget',
  jobs: 'runs trainings in the background and keeps them as versions to compare',
  deployments: 'lists what the service serves, and rolls back',
  keys: 'creates, lists and revokes the API keys of the service',
  state: 'backs up what the service keeps, and restores it',
  audit: 'lists who changed what in the service, and verifies it',
  image: 'builds container images, pushes and pulls, inspects and runs them',
  storage: 'copies folders to and from object storage',
  losses: 'draws what the loss functions do',
};

/**
 * Every command, in the order of the help: adding one is adding a file and a line.
 *
 * @example
 * ```ts
 * import { commands } from 'semblance';
 *
 * console.log(commands.find(({ path }) => path.join(' ') === 'gallery build')?.examples.length); // …
 * ```
 */
export const commands: readonly CommandSpec[] = [
  initCommand,
  recognizeCommand,
  verifyCommand,
  findCommand,
  detectCommand,
  galleryBuildCommand,
  galleryListCommand,
  galleryShowCommand,
  galleryAddCommand,
  galleryRemoveCommand,
  galleryCopyCommand,
  galleryRenameCommand,
  galleryMergeCommand,
  gallerySplitCommand,
  galleryUndoCommand,
  galleryClusterCommand,
  galleryCalibrateCommand,
  galleryDoctorCommand,
  galleryRejectCommand,
  galleryRejectionsCommand,
  galleryExportCommand,
  galleryImportCommand,
  galleryBackupCommand,
  galleryRestoreCommand,
  galleryVerifyCommand,
  galleryNewKeyCommand,
  galleryEncryptCommand,
  galleryRotateCommand,
  galleryVerifyReceiptCommand,
  modelListCommand,
  modelPullCommand,
  modelUseCommand,
  modelImportCommand,
  modelExportCommand,
  modelInspectCommand,
  modelCalibrateCommand,
  trainDetectionCommand,
  trainRecognitionCommand,
  evaluateDetectionCommand,
  evaluateVerificationCommand,
  evaluateIdentificationCommand,
  evaluateClusteringCommand,
  dataInspectCommand,
  dataConvertCommand,
  dataAlignCommand,
  dataCleanCommand,
  dataPreviewCommand,
  dataRenderCommand,
  lossesPlotCommand,
  adaptCommand,
  lossesFeaturesCommand,
  experimentLossesCommand,
  experimentLadderCommand,
  jobsCreateCommand,
  jobsListCommand,
  jobsShowCommand,
  jobsLogsCommand,
  jobsCompareCommand,
  jobsModifyCommand,
  jobsSweepCommand,
  jobsSweepsCommand,
  jobsSaveTemplateCommand,
  jobsTemplatesCommand,
  jobsDeleteTemplateCommand,
  jobsDescribeCommand,
  jobsTagCommand,
  jobsNoteCommand,
  jobsStarCommand,
  jobsPinCommand,
  jobsAliasCommand,
  jobsAliasesCommand,
  jobsDownloadCommand,
  jobsEvaluateCommand,
  jobsSchemaCommand,
  jobsStopCommand,
  jobsResumeCommand,
  jobsSuperviseCommand,
  jobsDeleteCommand,
  jobsDeployCommand,
  serveCommand,
  deploymentsListCommand,
  deploymentsRollbackCommand,
  keysCreateCommand,
  keysListCommand,
  keysRevokeCommand,
  stateBackupCommand,
  stateRestoreCommand,
  auditListCommand,
  auditVerifyCommand,
  imageBuildCommand,
  imageListCommand,
  imageInspectCommand,
  imagePushCommand,
  imagePullCommand,
  imageRunCommand,
  storageCopyCommand,
  setupCommand,
  demoCommand,
  doctorCommand,
];
