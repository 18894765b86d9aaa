import { load, YAMLException } from 'js-yaml';

export type ReadYaml =
  | { readonly value: unknown }
  /** What is wrong with the text, and where: both counted from 1. */
  | { readonly mistake: string; readonly line: number; readonly column: number };

/** The value of a text in YAML 1.2, whose keys must differ; or the first mistake in it. */
export function readYaml(text: string): ReadYaml {
  try {
    return { value: load(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { mistake: error.reason, line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
  }
}
