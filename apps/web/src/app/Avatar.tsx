import styles from './Avatar.module.css';

/** First letters of the first and second word: "Marta Rey" → MR. */
const initialsOf = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.replace('@', '').charAt(0).toLocaleUpperCase())
    .join('');

/** One of five muted pairs, always the same for the same name. */
const pairOf = (name: string): string => {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return 'abcde'.charAt(sum % 5);
};

interface Props {
  name: string;
  size?: 18 | 20 | 28 | 40 | 60;
  /** Said aloud; without it the avatar is decoration beside a written name. */
  label?: string;
}

export const Avatar = ({ name, size = 20, label }: Props) => {
  const pair = pairOf(name);
  const style = {
    width: size,
    height: size,
    fontSize: size * 0.42 > 9.5 ? size * 0.38 : 8.5,
    color: `var(--hilo-av-${pair})`,
    background: `var(--hilo-av-${pair}-tint)`,
  };
  const naming = label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true };
  return (
    <span className={styles.avatar} style={style} {...naming}>
      {initialsOf(name)}
    </span>
  );
};
