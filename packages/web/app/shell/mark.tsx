import mark from './mark.svg';

/** The sign of Semblance; its name stands beside it. */
export const Mark = ({ size = 32 }: { size?: number }) => (
  <img src={mark} width={size} height={size} alt="" />
);
