const [WIDTH, HEIGHT, FLOOR] = [400, 96, 78];

interface HistogramProps {
  counts: readonly number[];
  label: string;
  least: string;
  most: string;
}

/** Columns of equal width; the highest fills the picture. */
export function Histogram({ counts, label, least, most }: HistogramProps) {
  const highest = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  return (
    <figure className="histogram">
      <figcaption className="unseen">{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {counts.map((count, at) => {
          const height = (count / highest) * (FLOOR - 4);
          return (
            <rect
              // the place is what a column is
              // oxlint-disable-next-line no-array-index-key
              key={at}
              x={at * step + 1}
              y={FLOOR - height}
              width={step - 2}
              height={height}
            />
          );
        })}
        <line x1="0" y1={FLOOR} x2={WIDTH} y2={FLOOR} />
        <text x="0" y={HEIGHT - 2}>
          {least}
        </text>
        <text x={WIDTH} y={HEIGHT - 2} textAnchor="end">
          {most}
        </text>
      </svg>
    </figure>
  );
}
