// Made from web/ by make web; sources 5f81c2e539dd7430784065e73ff8eaa195f427224643cf995bb00edefc930636
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
