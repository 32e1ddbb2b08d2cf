/** Groups of operations, in the order in which they are read; a route names its group in `tags`. */
export const tags = [
  {
    name: 'recognition',
    description: 'Who is in a picture, or has an embedding: the gallery is searched for the nearest people.',
  },
  {
    name: 'collections',
    description:
      'Groups of people who know nothing of each other, each with settings, threshold and capacity of its own; `default` is the gallery that is deployed.',
  },
  { name: 'subjects', description: 'The people a gallery knows: named, renamed, merged, removed.' },
  { name: 'faces', description: 'The faces people are known by: enrolled, listed, compared, removed.' },
  {
    name: 'review',
    description: 'Faces that came back as nobody’s, grouped by person: who they are, or are not.',
  },
  { name: 'detection', description: 'Where faces are in a picture, and their embeddings.' },
  { name: 'verification', description: 'Whether two pictures, or embeddings, are of one person.' },
  {
    name: 'inference protocol v2',
    description:
      'The networks themselves, by the Open Inference Protocol: numbers in, numbers out, in JSON or as binary tensors.',
  },
  { name: 'deployments', description: 'Which models and galleries serve, and how that is changed.' },
  {
    name: 'training jobs',
    description: 'Training jobs and their versions in the shapes of ModelArts’ API; `project` is any word.',
  },
  { name: 'keys', description: 'API keys with their roles: made, listed, revoked.' },
  { name: 'audit', description: 'Who changed what: people, deployments and keys.' },
  { name: 'session', description: 'Signing in to the page: a cookie that stands for a key.' },
  { name: 'operation', description: 'Health, metrics, and this document.' },
];
