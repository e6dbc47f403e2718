// Made from web/ by make web; sources 36d20cb42dacae0e1e2189c0e3d9fea88319f03e4f3c07b921edb493d606ea42
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
