/**
 * The picture beside sign-in: one nodule, outlined by three readers who do not agree.
 * The slice is synthetic and comes from a file; the outlines are drawn over it in its own pixels, so they stay sharp at any size.
 */
import { For, type JSX } from 'solid-js'
import { mm } from '../../format.ts'
import { type ReadLetter as Letter, READS } from '../../parts/colours.ts'
import { WordMark } from '../../parts/Mark.tsx'
import { ReadLetter } from '../../parts/ReadLetter.tsx'
import cover from './cover.json'
import picture from './cover.png'

export function Cover(): JSX.Element {
  return (
    <>
      <svg
        viewBox={`0 0 ${cover.width} ${cover.height}`}
        preserveAspectRatio="xMidYMid slice"
        class="absolute inset-0 size-full"
        aria-hidden="true"
      >
        <image href={picture} width={cover.width} height={cover.height} />
        <For each={cover.outlines}>
          {(outline) => {
            const read = READS[outline.letter as Letter]
            return (
              <g fill="none" stroke-linejoin="round">
                <path
                  d={outline.path}
                  vector-effect="non-scaling-stroke"
                  stroke="#000"
                  stroke-opacity="0.6"
                  stroke-width="4"
                />
                <path
                  d={outline.path}
                  vector-effect="non-scaling-stroke"
                  stroke={read.colour}
                  stroke-width="2"
                  stroke-dasharray={read.dash.join(' ') || 'none'}
                />
              </g>
            )
          }}
        </For>
      </svg>
      <div
        aria-hidden="true"
        class="absolute inset-0 bg-[linear-gradient(to_bottom,rgb(0_0_0/0.7),transparent_32%,transparent_72%,rgb(0_0_0/0.72))]"
      />
      <div class="absolute top-11 left-12">
        <WordMark large />
        <p class="mt-5 font-serif text-[22px] leading-[31px] text-bone">
          Several readers, one image,
          <br />
          one record that can be proved.
        </p>
      </div>
      <div class="absolute right-12 bottom-9 left-12 flex items-center gap-5 text-12 text-t1">
        <For each={cover.outlines.toSorted((a, b) => a.letter.localeCompare(b.letter))}>
          {(outline) => (
            <span class="flex items-center gap-1.5">
              <ReadLetter letter={outline.letter as Letter} />
              {mm(outline.longestMm)}
            </span>
          )}
        </For>
        <span class="ml-auto text-t2">Synthetic CT, made by code</span>
      </div>
    </>
  )
}
