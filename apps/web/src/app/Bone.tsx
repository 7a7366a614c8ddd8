import styles from './states.module.css';

/** One bar of a skeleton; appears only after 150 ms, so that fast answers never flash. */
export const Bone = ({ width, height = 10 }: { width: number | string; height?: number }) => (
  <span className={styles.bone} style={{ width, height }} aria-hidden />
);
