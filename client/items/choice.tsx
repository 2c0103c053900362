import type { ItemProps } from './item-props.ts';
import { Options } from './options.tsx';

export function Choice(props: ItemProps<'choice'>) {
  const { response, onAnswer } = props;
  const chosen = response && 'c' in response ? [response.c] : [];
  return <Options {...props} type="radio" chosen={chosen} onToggle={(token) => onAnswer({ c: token })} />;
}
