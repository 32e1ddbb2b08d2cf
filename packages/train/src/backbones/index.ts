import type { nn } from '@semblance/torch';
import { SemblanceError } from '../error.ts';
import { resolveOptions } from '../options/resolve.ts';
import { IResNet, type IResNetOptions, iresnetBlocks, iresnetDefaults } from './iresnet.ts';
import { MobileFaceNet, mobileFaceNetDefaults } from './mobilefacenet.ts';
import { PaperMobileFaceNet, paperMobileFaceNetDefaults } from './mobilefacenet-paper.ts';

/** Options every backbone has; each declares its own besides. */
export interface BackboneOptions {
  /** Side of the square input in pixels. */
  inputSize: number;
  /** Length of the embedding. */
  embeddingSize: number;
}

/** A network that turns aligned crops [N, 3, S, S] into embeddings [N, D], not normalised. */
export interface BackboneSpec<O extends BackboneOptions = BackboneOptions> {
  defaults: O;
  create(options: O): nn.Module;
}

const spec = <O extends BackboneOptions>(entry: BackboneSpec<O>): BackboneSpec =>
  entry as unknown as BackboneSpec;

const iresnet = (blocks: readonly [number, number, number, number]) =>
  spec<IResNetOptions>({ defaults: iresnetDefaults, create: (options) => new IResNet(blocks, options) });

/** Recognition backbones by name: adding one is a file and a line here. */
export const backbones = {
  r10: iresnet(iresnetBlocks.r10),
  r18: iresnet(iresnetBlocks.r18),
  r34: iresnet(iresnetBlocks.r34),
  r50: iresnet(iresnetBlocks.r50),
  r100: iresnet(iresnetBlocks.r100),
  mbf: spec({ defaults: mobileFaceNetDefaults, create: (options) => new MobileFaceNet(options) }),
  'mbf-paper': spec({
    defaults: paperMobileFaceNetDefaults,
    create: (options) => new PaperMobileFaceNet(options),
  }),
} satisfies Record<string, BackboneSpec>;

export type BackboneName = keyof typeof backbones;
export const backboneNames = Object.keys(backbones) as BackboneName[];

/**
 * A recognition backbone with freshly drawn weights.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown name or an input side that is no multiple of 16;
 *   RECIPE_UNKNOWN_KEY for an option the backbone does not have
 */
export function createBackbone(name: string, options: Readonly<Record<string, unknown>> = {}): nn.Module {
  if (!Object.hasOwn(backbones, name)) {
    const message = `Expected one of ${backboneNames.join(', ')} for backbone but received "${name}".`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  const { defaults, create } = backbones[name as BackboneName];
  const resolved = resolveOptions(name, defaults, options);
  if (resolved.inputSize < 16 || resolved.inputSize % 16 !== 0) {
    const message = `Expected a multiple of 16 for ${name}.inputSize but received ${resolved.inputSize}.`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  return create(resolved);
}
