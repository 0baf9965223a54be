import elk from 'elkjs/lib/elk.bundled.js'
import { labelSize, stateSize } from './measures.ts'
import type { Size } from './measures.ts'
import type { ChartArrow, ChartState, Statechart } from './statechart.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export type Box = Point & Size

/** The position of each part, in pixels from the top left corner. */
export interface Layout extends Size {
  readonly start: Box
  readonly states: readonly { readonly state: ChartState; readonly box: Box }[]
  readonly arrows: readonly {
    /** Null: the arrow to the initial state. */
    readonly arrow: ChartArrow | null
    readonly path: readonly Point[]
    readonly label: Box | null
  }[]
}

const START = '(start)'

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  // Top-down in the order of the definition: without this option the first state is placed at the bottom. The order
  // within a layer is left to the layout, which needs less space and has fewer crossings.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.spacing.nodeNode': '44',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeLabel': '4',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
}

/** Without labels, and in the order in which an attempt goes through the states. Half as wide. */
const compactOptions = {
  ...layoutOptions,
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeEdge': '12',
  'elk.padding': '[top=12,left=12,bottom=12,right=12]',
}

/**
 * Places states, arrows and labels. The same chart always gets the same layout.
 *
 * @param labels `none`: the arrows have no labels, which leaves a chart that can be read on a phone
 */
export const layout = async (
  { initial, states, arrows }: Statechart,
  labels: 'all' | 'none' = 'all',
): Promise<Layout> => {
  const placed = await new elk.default().layout({
    id: 'chart',
    layoutOptions: labels === 'all' ? layoutOptions : compactOptions,
    children: [
      {
        id: START,
        width: 12,
        height: 12,
        layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' },
      },
      ...states.map((state) => ({ id: state.name, ...stateSize(state) })),
    ],
    edges: [
      { id: START, sources: [START], targets: [initial] },
      ...arrows.map((arrow, index) => ({
        id: `${index}`,
        sources: [arrow.from],
        targets: [arrow.to],
        labels: labels === 'all' ? [{ text: `${index}`, ...labelSize(arrow.labels) }] : [],
      })),
    ],
  })
  const boxes = new Map(placed.children?.map((node) => [node.id, boxOf(node)]))
  return {
    ...boxOf(placed as Partial<Box>),
    start: boxes.get(START) ?? nowhere,
    states: states.map((state) => ({ state, box: boxes.get(state.name) ?? nowhere })),
    arrows: placed.edges.map((edge) => ({
      arrow: edge.id === START ? null : (arrows[Number(edge.id)] ?? null),
      path: (edge as PlacedEdge).sections?.flatMap(pointsOf) ?? [],
      label: 'labels' in edge && edge.labels[0] ? boxOf(edge.labels[0]) : null,
    })),
  }
}

interface PlacedEdge {
  readonly sections?: readonly {
    readonly startPoint: Point
    readonly endPoint: Point
    readonly bendPoints?: readonly Point[]
  }[]
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 }

const pointsOf = (section: NonNullable<PlacedEdge['sections']>[number]): readonly Point[] => [
  section.startPoint,
  ...(section.bendPoints ?? []),
  section.endPoint,
]

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({ x, y, width, height })
