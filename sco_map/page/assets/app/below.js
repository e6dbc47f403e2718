// Made from web/ by make web; sources 23d414c5c27e30a0dd923a8bd81c3234812e8c5d3f3ecbca63e889f53ce0ee3d
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
