import type { ItemProps } from './item-props.ts';
import { Typed } from './typed.tsx';

export function ShortText(props: ItemProps<'shortText'>) {
  return <Typed {...props} isNumber={false} />;
}
