import type { RouteGroup } from '../service.ts';
import { auditRoutes } from './audit.ts';
import { checkupRoutes } from './checkup.ts';
import { collectionSubjectRoutes } from './collection-subjects.ts';
import { collectionRoutes } from './collections.ts';
import { deploymentAliasRoutes } from './deployment-aliases.ts';
import { deploymentRoutes } from './deployments.ts';
import { detectionRoutes } from './detection.ts';
import { embeddingRoutes } from './embeddings.ts';
import { faceRoutes } from './faces.ts';
import { inferRoutes } from './infer.ts';
import { inferenceRoutes } from './inference.ts';
import { keyRoutes } from './keys.ts';
import { nameRoutes } from './names.ts';
import { operationRoutes } from './operation.ts';
import { peopleRoutes } from './people.ts';
import { recognitionRoutes } from './recognition.ts';
import { rejectionRoutes } from './rejections.ts';
import { reviewRoutes } from './review.ts';
import { sessionRoutes } from './session.ts';
import { subjectRoutes } from './subjects.ts';
import { systemRoutes } from './system.ts';
import { trainingAliasRoutes } from './training-aliases.ts';
import { trainingComparisonRoutes } from './training-comparisons.ts';
import { trainingEvaluationRoutes } from './training-evaluations.ts';
import { trainingEventRoutes } from './training-events.ts';
import { trainingJobRoutes } from './training-jobs.ts';
import { trainingLogRoutes } from './training-logs.ts';
import { trainingObservationRoutes } from './training-observations.ts';
import { trainingSweepRoutes } from './training-sweeps.ts';
import { trainingTaskRoutes } from './training-tasks.ts';
import { trainingTemplateRoutes } from './training-templates.ts';
import { trainingVersionRoutes } from './training-versions.ts';
import { verificationRoutes } from './verification.ts';

/** Every group of routes: adding one is adding a file and a line. */
export const routeGroups: readonly RouteGroup[] = [
  operationRoutes,
  sessionRoutes,
  keyRoutes,
  auditRoutes,
  systemRoutes,
  collectionRoutes,
  collectionSubjectRoutes,
  recognitionRoutes,
  embeddingRoutes,
  subjectRoutes,
  peopleRoutes,
  nameRoutes,
  checkupRoutes,
  faceRoutes,
  rejectionRoutes,
  reviewRoutes,
  detectionRoutes,
  verificationRoutes,
  inferenceRoutes,
  inferRoutes,
  deploymentRoutes,
  deploymentAliasRoutes,
  trainingJobRoutes,
  trainingLogRoutes,
  trainingVersionRoutes,
  trainingTaskRoutes,
  trainingAliasRoutes,
  trainingTemplateRoutes,
  trainingObservationRoutes,
  trainingEventRoutes,
  trainingSweepRoutes,
  trainingComparisonRoutes,
  trainingEvaluationRoutes,
];
