const SKILL = /^[\p{L}\p{N}][\p{L}\p{N} .+/-]{0,39}$/u;

/** Skills as they are typed, separated by commas, each once; null when one of them is none. */
export function skillsOf(typed: string): string[] | null {
  const skills = typed
    .split(',')
    .map((skill) => skill.trim().toLowerCase())
    .filter((skill) => skill !== '');
  return skills.every((skill) => SKILL.test(skill)) ? [...new Set(skills)] : null;
}
