// Made from web/ by make web; sources 602ede097ce41a83f0bdb839439c2929ca6ff9163bf047f76d55fbf5e59c8c09
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
