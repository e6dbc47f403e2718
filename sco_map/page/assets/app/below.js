// Made from web/ by make web; sources aeb43cae21ab471fcef5ad377132ab70488e94143fc12f5580f88d127c44dd53
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
