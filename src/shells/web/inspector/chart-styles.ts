import { css } from 'lit'

export const chartStyles = css`
  .scroller {
    overflow: auto;
    border-radius: var(--_radius-small);
    text-align: center;
  }

  /* Never so small that its words cannot be read: then it scrolls. */
  .chart {
    inline-size: 100%;
    block-size: auto;
    min-inline-size: 18rem;
    max-inline-size: 31rem;
    direction: ltr;
  }

  .chart text {
    font:
      13px ui-monospace,
      'Cascadia Mono',
      Menlo,
      Consolas,
      'DejaVu Sans Mono',
      monospace;
    fill: var(--_text);
    text-anchor: middle;
  }

  .chart .name {
    font-size: 15px;
    font-weight: 600;
  }

  .chart .task {
    fill: var(--_text-muted);
  }

  .box {
    fill: var(--_canvas);
    stroke: var(--_control-line);
    stroke-width: 1.2;
  }

  .arrow {
    fill: none;
    stroke: var(--_control-line);
    stroke-width: 1.2;
  }

  .start,
  .head {
    fill: var(--_control-line);
  }

  .arrow.taken {
    stroke: var(--_accent);
    stroke-width: 3.2;
  }

  .taken-head {
    fill: var(--_accent);
  }

  .current .box {
    fill: var(--_accent);
    stroke: var(--_accent);
    stroke-width: 3;
  }

  .chart .current text {
    fill: var(--_on-accent);
  }

  .mark {
    fill: var(--_on-accent);
  }

  .past .current .box {
    fill: var(--_surface);
    stroke-dasharray: 6 4;
  }

  .past .current text {
    fill: var(--_text);
  }

  .halo {
    fill: none;
    stroke: var(--_accent);
    stroke-width: 3;
    opacity: 0.35;
    animation: breathe 2.4s ease-in-out infinite;
  }

  @keyframes breathe {
    50% {
      opacity: 0.9;
    }
  }

  @media (forced-colors: active) {
    .box {
      fill: Canvas;
      stroke: CanvasText;
    }

    .arrow {
      stroke: CanvasText;
      stroke-width: 0.8;
    }

    .start,
    .head {
      fill: CanvasText;
    }

    .arrow.taken,
    .halo {
      stroke: Highlight;
      stroke-width: 3.2;
    }

    .taken-head {
      fill: Highlight;
    }

    .current .box {
      fill: Highlight;
      stroke: Highlight;
    }

    .chart .state text {
      fill: CanvasText;
    }

    .chart .current text {
      fill: HighlightText;
    }

    .past .current .box {
      fill: Canvas;
    }

    .mark {
      fill: HighlightText;
    }

    .chart.past .state text {
      fill: CanvasText;
    }
  }
`
